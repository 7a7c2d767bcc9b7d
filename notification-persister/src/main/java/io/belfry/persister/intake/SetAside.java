package io.belfry.persister.intake;

import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.fanout.RestRequests;
import io.belfry.persister.kafka.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What becomes of poison: a dead letter, and a word to the sender if it came by REST. */
final class SetAside {

    private final DeadLetters deadLetters;
    private final RestRequests restRequests;
    private final Outbox outbox;

    SetAside(DeadLetters deadLetters, RestRequests restRequests, Outbox outbox) {
        this.deadLetters = deadLetters;
        this.restRequests = restRequests;
        this.outbox = outbox;
    }

    /**
     * Sets these aside once everything sent before is acknowledged: dead letters come last, so that a slice which fails
     * half-way and is done again does not leave them twice.
     */
    void all(List<Intake.Poison> poison) {
        outbox.awaitAll();
        poison.forEach(one -> deadLetters.send(outbox, one.record(), one.code(), one.detail()));
        outbox.awaitAll();
        for (Intake.Poison one : poison) {
            String id = restRequest(one.record().headers());
            if (id != null) {
                restRequests.rejected(id, one.code(), one.detail());
            }
        }
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
