package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.NotificationRequested;
import io.belfry.json.StrictJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyDigestTest {

    private static final String BODY =
            "{\"audience\":{\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"data\":{\"a\":1,\"b\":[1,2]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"m\",\"notification_type\":\"message\",\"audience\":{\"users\":[7,8]},\"data\":{\"b\":[1,2],\"a\":1}}",
                "{\"audience\":{\"users\":[8,7,8]},\"notification_type\":\"message\",\"message\":\"m\",\"title\":\"\",\"sender_id\":null,\"data\":{\"a\":1.0,\"b\":[1e0,2]}}",
                "{ \"audience\" : {\"users\":[7,8]},\"notification_type\":\"message\",\"message\":\"\\u006d\",\"data\":{\"a\":1,\"b\":[1,2]}}"
            })
    void isTheSameForWhatSaysTheSame(String other) {
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
    void differsForWhatSaysSomethingElse(String other) {
        assertThat(digest(other)).isNotEqualTo(digest(BODY));
    }

    private static BodyDigest digest(String body) {
        StrictJson json = StrictJson.refusingUnknownFields();
        return BodyDigest.of(json.bind(json.parse(body, 17), NotificationRequested.class));
    }
}
