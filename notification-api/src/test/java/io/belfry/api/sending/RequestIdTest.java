package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestIdTest {

    private static final String PATH = "/api/courses/42/notify-students";

    private static String id(String scope, @Nullable String key, String path, String message) {
        return RequestId.of(new Submission(
                new Submission.Sender(scope, true),
                key == null ? null : new IdempotencyKey(key),
                path,
                new NotificationRequested(
                        Audience.course(42), 3L, NotificationType.COURSE_UPDATE, "t", message, NotificationData.EMPTY),
                7,
                "00-" + UUID.randomUUID() + "-01"));
    }

    /** Another version of the api, or another machine, must not call it another name. */
    @Test
    void isTheSameForEver() {
        assertThat(id("user:3", "k", PATH, "m")).isEqualTo("e1b46f5a-250c-8b04-b202-37090441923b");
    }

    @Test
    void isAUuidOfVersion8() {
        UUID uuid = UUID.fromString(id("user:3", "k", PATH, "m"));

        assertThat(uuid.version()).isEqualTo(8);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void isAnotherForAnotherCallerKeyPathOrBody() {
        assertThat(new String[] {
                    id("user:3", "k", PATH, "m"),
                    id("user:4", "k", PATH, "m"),
                    id("user:3", "l", PATH, "m"),
                    id("user:3", "k", "/api/notifications", "m"),
                    id("user:3", "k", PATH, "n"),
                    // A service's name is any text.
                    id("service:k\nuser:3", "k", PATH, "m"),
                    id("user:3", "k\\nservice:k", PATH, "m")
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void isRandomWithoutAKey() {
        assertThat(id("user:3", null, PATH, "m")).isNotEqualTo(id("user:3", null, PATH, "m"));
    }
}
