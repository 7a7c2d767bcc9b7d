package io.belfry.persister.intake;

import io.belfry.persister.deadletter.DeadLetter;
import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.failure.Patience;
import io.belfry.persister.fanout.RestRequests;
import io.belfry.persister.kafka.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of poison: a dead letter, and a word to the sender if it came by REST. A dead-letter topic that takes none
 * is left alone for some seconds, because each attempt costs some. Not safe for use by more than one thread.
 */
final class SetAside {

    private final DeadLetters deadLetters;
    private final RestRequests restRequests;
    private final Outbox outbox;
    private final Supplier<Patience> patience;

    /** With a topic that did not take all; null = it did. */
    private @Nullable Patience refusing;

    SetAside(DeadLetters deadLetters, RestRequests restRequests, Outbox outbox, Supplier<Patience> patience) {
        this.deadLetters = deadLetters;
        this.restRequests = restRequests;
        this.outbox = outbox;
        this.patience = patience;
    }

    /**
     * Sets these aside once everything sent before is acknowledged and the senders are told: dead letters come last, so
     * that a slice which fails half-way and is done again does not leave them twice.
     *
     * @return those that their topic did not take
     */
    List<Intake.Poison> all(List<Intake.Poison> poison) {
        outbox.awaitAll();
        for (Intake.Poison one : poison) {
            String id = restRequest(one.record().headers());
            if (id != null) {
                restRequests.rejected(id, one.letter().code(), one.letter().detail());
            }
        }
        return poison.isEmpty() || !isDue() ? poison : write(poison);
    }

    /** Whether the topic is to be tried, if there is anything to write. */
    boolean isDue() {
        return refusing == null || refusing.isDue();
    }

    private List<Intake.Poison> write(List<Intake.Poison> poison) {
        List<DeadLetter> letters = poison.stream().map(Intake.Poison::letter).toList();
        List<Intake.Poison> refused =
                deadLetters.write(letters).stream().map(Intake.Poison::new).toList();
        if (refused.isEmpty()) {
            refusing = null;
        } else if (refusing == null) {
            refusing = patience.get();
        } else {
            refusing.failedAgain();
        }
        return refused;
    }

    // Read from the headers alone: the rest of it may be what nobody can read.
    private static @Nullable String restRequest(Headers headers) {
        return RestRequests.SOURCE.equals(text(headers, "ce_source")) ? text(headers, "ce_id") : null;
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
