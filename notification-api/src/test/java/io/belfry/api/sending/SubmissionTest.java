package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.StrictJson;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names a send: the caller's key, the digest of its body, and the id made of them. */
class SubmissionTest {

    private static final String BODY =
            "{\"audience\":{\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"data\":{\"a\":1,\"b\":[1,2]}}";

    private static final String PATH = "/api/courses/42/notify-students";

    private static String id(String scope, @Nullable String key, String path, String message) {
        return new Submission(
                        new Submission.Sender(scope, true),
                        key == null ? null : new IdempotencyKey(key),
                        path,
                        new NotificationRequested(
                                Audience.course(42),
                                3L,
                                NotificationType.COURSE_UPDATE,
                                "t",
                                message,
                                NotificationData.EMPTY),
                        7,
                        "00-" + UUID.randomUUID() + "-01")
                .requestId();
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

    @Test
    void keyDropsTheQuotesOfAStructuredField() {
        assertThat(IdempotencyKey.parse("\"8e03978e\"")).isEqualTo(IdempotencyKey.parse("8e03978e"));
    }

    @Test
    void keyKeepsEverythingElse() {
        assertThat(IdempotencyKey.parse("a\"b,c;d")).isEqualTo(new IdempotencyKey("a\"b,c;d"));
        assertThat(IdempotencyKey.parse("\"")).isEqualTo(new IdempotencyKey("\""));
        assertThat(IdempotencyKey.parse("k".repeat(255))).isNotNull();
        assertThatThrownBy(() -> IdempotencyKey.parse("k".repeat(256))).isInstanceOf(InvalidFieldsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", " ", "a b", "ä", "a\u0000b", "a\tb", "\u007f"})
    void keyRefusesWhatIsNotVisibleAscii(String header) {
        assertThatThrownBy(() -> IdempotencyKey.parse(header)).isInstanceOf(InvalidFieldsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"m\",\"notification_type\":\"message\",\"audience\":{\"users\":[7,8]},\"data\":{\"b\":[1,2],\"a\":1}}",
                "{\"audience\":{\"users\":[8,7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"title\":\"\",\"sender_id\":null,\"data\":{\"a\":1.0,\"b\":[1e0,2]}}",
                "{ \"audience\" : {\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"\\u006d\",\"data\":{\"a\":1,\"b\":[1,2]}}"
            })
    void digestIsTheSameForWhatSaysTheSame(String other) {
        assertThat(digest(other)).isEqualTo(digest(BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"audience\":{\"users\":[7]},\"notification_type\":\"message\",\"message\":\"m\",\"data\":{\"a\":1,\"b\":[1,2]}}",
                "{\"audience\":{\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"n\",\"data\":{\"a\":1,\"b\":[1,2]}}",
                "{\"audience\":{\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"data\":{\"a\":1,\"b\":[2,1]}}",
                "{\"audience\":{\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"data\":{\"a\":\"1\",\"b\":[1,2]}}",
                "{\"audience\":{\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"data\":{\"a\":1,\"b\":[1,2],\"c\":null}}"
            })
    void digestDiffersForWhatSaysSomethingElse(String other) {
        assertThat(digest(other)).isNotEqualTo(digest(BODY));
    }

    private static BodyDigest digest(String body) {
        StrictJson json = StrictJson.refusingUnknownFields();
        return BodyDigest.of(json.bind(json.parse(body, 17), NotificationRequested.class));
    }
}
