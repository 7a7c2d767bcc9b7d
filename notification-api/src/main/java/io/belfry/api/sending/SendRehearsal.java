package io.belfry.api.sending;

import io.belfry.api.ApiSettings;
import io.belfry.api.Rehearsal;
import io.belfry.api.sending.Submission.Sender;
import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.Ids;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.NotificationPublisher;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A send without a sender, to a course that there is not: what can be done of it without a trace. */
@Component
final class SendRehearsal implements Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(SendRehearsal.class);

    private final RequestLedger ledger;
    private final String topic;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();

    SendRehearsal(RequestLedger ledger, ApiSettings settings, Clock clock) {
        this.ledger = ledger;
        this.topic = settings.kafka().topics().requested();
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            NotificationRequested request = new NotificationRequested(
                    Audience.course(Ids.MAX),
                    Ids.MAX,
                    NotificationType.COURSE_UPDATE,
                    "Rehearsal",
                    "Rehearsal",
                    NotificationData.EMPTY);
            String id = UUID.randomUUID().toString();
            ledger.rehearse(
                    new Submission(new Sender("rehearsal", true), new IdempotencyKey(id), "rehearsal", request, 0, ""));
            var unused = codec.encode(
                    topic,
                    NotificationPublisher.key(request.audience()),
                    null,
                    Event.of(
                            new EventId(EventId.OF_API, id),
                            EventType.NOTIFICATION_REQUESTED,
                            clock.instant(),
                            request));
        } catch (RuntimeException e) {
            LOG.debug("rehearsed in vain; whatever it is, the first send meets it too", e);
        }
    }
}
