package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.TokenRejectedException;
import io.belfry.access.TokenVerifier;
import io.belfry.api.ApiSettings;
import io.belfry.api.Rehearsal;
import io.belfry.api.courses.CourseAccess;
import io.belfry.api.http.StrictJsonConverter;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.SendController.CourseMessage;
import io.belfry.api.sending.Submission.Sender;
import io.belfry.events.EventId;
import io.belfry.events.Ids;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.events.wire.NotificationPublisher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** A send without a sender, to a course that there is not: what can be done of it without a trace. */
@Component
final class SendRehearsal implements Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(SendRehearsal.class);

    private static final byte[] BODY =
            "{\"title\":\"Rehearsal\",\"message\":\"Rehearsal\"}".getBytes(StandardCharsets.UTF_8);

    /** Well-formed; its signature is wrong. */
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30." + "A".repeat(43);

    private final TokenVerifier tokens;
    private final CourseAccess courses;
    private final RequestLedger ledger;
    private final String topic;
    private final Clock clock;
    private final EventCodec codec = new EventCodec();

    SendRehearsal(TokenVerifier tokens, CourseAccess courses, RequestLedger ledger, ApiSettings settings, Clock clock) {
        this.tokens = tokens;
        this.courses = courses;
        this.ledger = ledger;
        this.topic = settings.kafka().topics().requested();
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            refuse();
            NotificationRequested request = StrictJsonConverter.read(
                            new ByteArrayInputStream(BODY), CourseMessage.class)
                    .toEvent(Ids.MAX, Ids.MAX, false);
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
        } catch (RuntimeException | IOException e) {
            LOG.debug("rehearsed in vain; whatever it is, the first send meets it too", e);
        }
    }

    /** What becomes of a caller without rights. */
    private void refuse() {
        try {
            tokens.verify(TOKEN);
        } catch (TokenRejectedException e) {
            LOG.trace("refused, as it should be", e);
        }
        try {
            courses.studentsFor(new Caller("1", 1L, Set.of(), null, null, Instant.MAX), Ids.MAX);
        } catch (ProblemException e) {
            LOG.trace("refused, as it should be", e);
        }
    }
}
