package io.belfry.api.inbox;

import io.belfry.api.ApiSettings;
import io.belfry.api.http.CallMemory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/** The calls under {@code /api/notifications} that are about the caller's own inbox. */
@Configuration(proxyBeanMethods = false)
@Import({InboxController.class, ReadStateController.class})
public class InboxConfiguration {

    @Bean
    InboxReader inboxReader(InboxRepository inboxes, CallMemory memory) {
        return new InboxReader(inboxes, memory);
    }

    @Bean
    InboxWriter inboxWriter(
            JdbcClient sql,
            @Qualifier("changesProducer") KafkaTemplate<byte[], byte[]> kafka,
            ApiSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        String topic = settings.kafka().topics().changed();
        return new InboxWriter(sql, new ChangeAnnouncer(kafka, topic, clock, metrics));
    }
}
