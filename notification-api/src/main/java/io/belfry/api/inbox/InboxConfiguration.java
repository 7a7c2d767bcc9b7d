package io.belfry.api.inbox;

import io.belfry.api.events.ChangeAnnouncer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calls under {@code /api/notifications} that are about the caller's own inbox. */
@Configuration(proxyBeanMethods = false)
@Import({InboxController.class, ReadStateController.class})
public class InboxConfiguration {

    @Bean
    InboxReader inboxReader(InboxRepository inboxes) {
        return new InboxReader(inboxes);
    }

    @Bean
    InboxWriter inboxWriter(JdbcClient sql, ChangeAnnouncer announcer) {
        return new InboxWriter(sql, announcer);
    }
}
