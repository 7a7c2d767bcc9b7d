package io.belfry.api.sessions;

import io.belfry.api.ApiSettings;
import io.belfry.api.servers.ServerProbe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Presence and sign-out. */
@Configuration(proxyBeanMethods = false)
@Import(SignOutController.class)
public class SessionsConfiguration {

    @Bean
    RedisLink redisLink(ApiSettings settings) {
        return new RedisLink(settings.redis());
    }

    @Bean
    ServerProbe redisProbe(RedisLink redis) {
        return new RedisProbe(redis);
    }

    @Bean
    Presence presence(RedisLink redis) {
        return new RedisPresence(redis);
    }

    @Bean
    SignOuts signOuts(RedisLink redis) {
        return new RedisSignOuts(redis);
    }
}
