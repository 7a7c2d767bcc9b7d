package io.belfry.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestSystem;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What looks dangerous but is text is accepted as text. */
class TextIsTextIT {

    static Stream<String> texts() {
        return Stream.of(
                "<img src=x onerror=alert(1)>",
                "\u202Etxet",
                "a" + "\u0301".repeat(5_000),
                "' OR 1=1; --",
                "${jndi:ldap://127.0.0.1/a}",
                "\uD83D\uDE00".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isAccepted(String text) {
        TestSystem system = TestSystem.shared();
        long course = TestSystem.newId();
        long instructor = TestSystem.newId();
        system.database().course(course, text.substring(0, 1));
        system.database().member(course, instructor, "instructor");
        String body = "{\"message\":\"" + text + "\",\"data\":{\"url\":\"https://learn.example.org/a?b=c\"}}";

        Answer answer = system.asUser(instructor).post("/api/courses/" + course + "/notify-students/", body);

        assertThat(answer.status()).isEqualTo(202);
    }
}
