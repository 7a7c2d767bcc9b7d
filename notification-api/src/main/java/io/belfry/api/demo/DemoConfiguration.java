package io.belfry.api.demo;

import io.belfry.api.ApiSettings;
import io.belfry.api.sessions.SignOuts;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The demo's sign-in; part of the application in demo mode alone. */
@Configuration(proxyBeanMethods = false)
@Import(DemoController.class)
public class DemoConfiguration {

    @Bean
    DemoTokens demoTokens(ApiSettings settings, SignOuts signOuts, Clock clock) {
        return new DemoTokens(settings.tokens(), signOuts, clock);
    }
}
