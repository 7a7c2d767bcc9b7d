package io.belfry.api.sending;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.belfry.api.sending.RequestRepository.StoredRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a send has come, and once it is stored which one it was.
 *
 * @param course null = sent to named users
 * @param status accepted (Kafka has it), stored (with the last recipient) or rejected; only forward
 * @param recipients those stored, once it is stored; before, those when it was accepted
 * @param read how many of them have read it
 * @param error why it was rejected, or null
 * @param notificationType null until it is stored, as is the title
 * @param title may be empty
 * @param number its place in lists
 */
record RequestView(
        String requestId,
        @Nullable Long course,
        String status,
        int recipients,
        int read,
        @Nullable RequestError error,
        Instant createdAt,
        @Nullable Instant storedAt,
        @Nullable String notificationType,
        @Nullable String title,
        @JsonIgnore long number) {

    static RequestView of(StoredRequest request) {
        String code = request.errorCode;
        return new RequestView(
                request.id,
                request.courseId,
                request.status,
                request.recipients,
                request.read,
                code == null ? null : new RequestError(code, Objects.requireNonNullElse(request.errorDetail, "")),
                request.createdAt,
                request.storedAt,
                request.notificationType,
                request.title,
                request.number);
    }

    /** @param code one of those of dead letters, listed in docs/protocol.md */
    record RequestError(String code, String detail) {}
}
