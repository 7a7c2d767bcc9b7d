package io.belfry.api;

import io.belfry.api.access.AccessConfiguration;
import io.belfry.api.courses.CoursesConfiguration;
import io.belfry.api.demo.DemoConfiguration;
import io.belfry.api.http.HttpConfiguration;
import io.belfry.api.inbox.InboxConfiguration;
import io.belfry.api.paging.PagingConfiguration;
import io.belfry.api.problem.ProblemConfiguration;
import io.belfry.api.sending.SendingConfiguration;
import io.belfry.api.sessions.SessionsConfiguration;
import io.belfry.runtime.settings.StartSettings;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The service: all its rooms, wired without scanning. Nodes share nothing but PostgreSQL, Kafka and Redis. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@Import({
    ProblemConfiguration.class,
    HttpConfiguration.class,
    AccessConfiguration.class,
    PagingConfiguration.class,
    ServersConfiguration.class,
    KafkaConfiguration.class,
    SessionsConfiguration.class,
    InboxConfiguration.class,
    SendingConfiguration.class,
    CoursesConfiguration.class
})
public class NotificationApi {

    public static void main(String[] args) {
        start(StartSettings.readOrExit("notification-api", ApiSettings::fromEnvironment));
    }

    /** Starts a node; it serves when this returns, as far as PostgreSQL, Kafka and Redis let it. Close it at the end. */
    public static ConfigurableApplicationContext start(ApiSettings settings) {
        return new SpringApplicationBuilder(NotificationApi.class)
                .sources(settings.demo() ? new Class<?>[] {DemoConfiguration.class} : new Class<?>[0])
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(ApiSettings.class, () -> settings))
                .run();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
