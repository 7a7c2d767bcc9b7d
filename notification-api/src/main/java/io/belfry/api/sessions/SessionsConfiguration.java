package io.belfry.api.sessions;

import io.belfry.runtime.redis.RedisConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Presence and sign-out. */
@Configuration(proxyBeanMethods = false)
@Import(SignOutController.class)
public class SessionsConfiguration {

    @Bean
    Presence presence(RedisConnection redis) {
        return new Presence(redis);
    }

    @Bean
    SignOuts signOuts(RedisConnection redis) {
        return new SignOuts(redis);
    }
}
