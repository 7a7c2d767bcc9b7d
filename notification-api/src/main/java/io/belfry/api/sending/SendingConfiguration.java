package io.belfry.api.sending;

import io.belfry.api.ApiSettings;
import io.belfry.events.LinkHosts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The calls that send, and what they say of it later. */
@Configuration(proxyBeanMethods = false)
@Import({SendController.class, RequestController.class})
public class SendingConfiguration {

    @Bean
    LinkHosts linkHosts(ApiSettings settings) {
        return settings.linkHosts();
    }

    @Bean
    RequestLedger requestLedger(JdbcClient sql, PlatformTransactionManager transactions) {
        return new RequestLedger(sql, new TransactionTemplate(transactions));
    }

    @Bean
    RequestPublisher requestPublisher(
            RequestLedger ledger,
            @Qualifier("requestsProducer") KafkaTemplate<byte[], byte[]> kafka,
            ApiSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        return new RequestPublisher(ledger, kafka, settings.kafka().topics().requested(), clock, metrics);
    }
}
