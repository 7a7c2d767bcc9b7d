package io.belfry.api.servers;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The watch over all servers that any room can ask. */
@Configuration(proxyBeanMethods = false)
public class ServersConfiguration {

    @Bean
    ServerWatch serverWatch(List<ServerProbe> probes, MeterRegistry metrics) {
        return new ServerWatch(probes, metrics);
    }
}
