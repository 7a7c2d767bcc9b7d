package io.belfry.api;

import io.belfry.runtime.settings.StartSettings;
import io.belfry.runtime.tls.ServerCertificate;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

/** The service. Nodes share nothing but PostgreSQL, Kafka and Redis. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
public class NotificationApi {

    public static void main(String[] args) {
        start(StartSettings.readOrExit("notification-api", ApiSettings::fromEnvironment));
    }

    /** Starts a node; it serves when this returns, as far as PostgreSQL, Kafka and Redis let it. Close it at the end. */
    public static ConfigurableApplicationContext start(ApiSettings settings) {
        return new SpringApplicationBuilder(NotificationApi.class)
                .properties(tls(settings.listener().certificate()))
                .profiles(settings.demo() ? new String[] {ApiSettings.DEMO_PROFILE} : new String[0])
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(ApiSettings.class, () -> settings))
                .run();
    }

    /** Spring looks at the files itself, and has new connections see a new certificate. */
    private static Map<String, Object> tls(@Nullable ServerCertificate certificate) {
        if (certificate == null) {
            return Map.of();
        }
        String bundle = "spring.ssl.bundle.pem.api.";
        return Map.of(
                bundle + "keystore.certificate",
                certificate.chain().toUri().toString(),
                bundle + "keystore.private-key",
                certificate.key().toUri().toString(),
                bundle + "options.enabled-protocols",
                "TLSv1.3",
                bundle + "reload-on-update",
                true,
                "spring.ssl.bundle.watch.file.quiet-period",
                "1s",
                "server.ssl.bundle",
                "api");
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
