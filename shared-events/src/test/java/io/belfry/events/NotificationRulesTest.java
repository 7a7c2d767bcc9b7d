package io.belfry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.StrictJson;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationRulesTest {

    private static final StrictJson JSON = StrictJson.refusingUnknownFields();
    private static final String MESSAGE =
            "{\"audience\":{\"users\":[1]},\"notification_type\":\"message\",\"message\":\"m\"";

    @Test
    void namesEveryBrokenField() {
        assertThat(errorsOf("{\"title\":\"" + "x".repeat(256) + "\",\"sender_id\":0,\"message\":\"\"}"))
                .containsExactly("audience", "sender_id", "notification_type", "title", "message");
    }

    @Test
    void lengthsCountCodePoints() {
        assertThat(errorsOfLengths(255, 10_000)).isEmpty();
        assertThat(errorsOfLengths(256, 10_001)).containsExactly("title", "message");
    }

    @Test
    void aServiceSaysWhatItIsCalledInOneToEightyCharacters() {
        assertThat(errorsOf(MESSAGE + ",\"source_name\":\"" + "\uD83D\uDE00".repeat(80) + "\"}"))
                .isEmpty();
        assertThat(errorsOf(MESSAGE + ",\"source_name\":null}")).isEmpty();
        for (String bad : List.of("\"\"", "\"" + "x".repeat(81) + "\"")) {
            assertThat(errorsOf(MESSAGE + ",\"source_name\":" + bad + "}")).containsExactly("source_name");
        }
    }

    private static List<String> errorsOfLengths(int title, int message) {
        return errorsOf("{\"audience\":{\"users\":[1]},\"notification_type\":\"message\",\"title\":\""
                + "\uD83D\uDE00".repeat(title) + "\",\"message\":\"" + "\uD83D\uDE00".repeat(message) + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | audience",
                "{\"users\":[],\"course\":null} | audience.users",
                "{\"users\":[1],\"course\":1} | audience",
                "{\"users\":[1,2,0]} | audience.users[2]",
                "{\"users\":[1,null]} | audience.users[1]",
                "{\"users\":[1.9]} | audience.users[0]",
                "{\"users\":[\"1\"]} | audience.users[0]",
                "{\"users\":[9007199254740992]} | audience.users[0]",
                "{\"users\":5} | audience.users",
                "{\"course\":-1} | audience.course",
                "{\"course\":\"42\"} | audience.course",
                "[1] | audience",
                "7 | audience",
                "{\"users\":[1],\"group\":1} | audience.group"
            })
    void audienceIsExactlyOneKindOfValidIds(String audience, String field) {
        assertThat(errorsOf("{\"audience\":" + audience + ",\"notification_type\":\"message\",\"message\":\"m\"}"))
                .containsExactly(field);
    }

    @Test
    void oneUserTwiceCountsOnceAndTenThousandAreEnough() {
        assertThat(Audience.users(List.of(9L, 3L, 9L))).isEqualTo(Audience.users(List.of(3L, 9L)));
        assertThatCode(() -> Audience.users(Collections.nCopies(10_000, 5L))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Audience.users(Collections.nCopies(10_001, 5L)))
                .isInstanceOf(InvalidFieldsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exam_results", "EXAM_RESULT", "", " message"})
    void typesAreExact(String type) {
        assertThat(errorsOf("{\"audience\":{\"users\":[1]},\"notification_type\":\"" + type + "\",\"message\":\"m\"}"))
                .containsExactly("notification_type");
    }

    @Test
    void nullIsAbsent() {
        var request = read("{\"audience\":{\"users\":[1],\"course\":null},\"sender_id\":null,\"title\":null,"
                + "\"data\":null,\"notification_type\":\"message\",\"message\":\"m\"}");
        assertThat(request.senderId()).isNull();
        assertThat(request.title()).isEmpty();
        assertThat(request.data()).isEqualTo(NotificationData.EMPTY);
    }

    @Test
    void dataIsAnObjectOfBoundedSizeAndDepth() {
        assertThat(List.of(
                        "{\"a\":\"" + "x".repeat(16 * 1024 - 8) + "\"}",
                        "{ \"a\" : " + " ".repeat(20_000) + "1}",
                        "{\"a\":".repeat(15) + "{}" + "}".repeat(15)))
                .allSatisfy(data -> assertThat(errorsOfData(data)).isEmpty());
        assertThat(List.of(
                        "[]",
                        "\"x\"",
                        "{\"a\":\"" + "x".repeat(16 * 1024 - 7) + "\"}",
                        "{\"a\":\"" + "é".repeat(8 * 1024) + "\"}",
                        "{\"a\":".repeat(16) + "{}" + "}".repeat(16)))
                .allSatisfy(data -> assertThat(errorsOfData(data)).containsExactly("data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/courses/1?x=1#y", "/a//b", "https://learn.example.org/x"})
    void linksThatTheBellFollows(String url) {
        var data = NotificationData.parse("{\"url\":\"" + url + "\"}");
        assertThatCode(() -> LinkHosts.of("Learn.example.org , other.example").check(data))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"//evil.example\"",
                "\"/\\\\evil.example\"",
                "\"javascript:alert(1)\"",
                "\"http://learn.example.org/\"",
                "\"HTTPS://learn.example.org/\"",
                "\" /x\"",
                "\"/a\\nb\"",
                "\"/a\\u0085\"",
                "\"courses/1\"",
                "\"\"",
                "5",
                "{}"
            })
    void linksThatNoSenderMayGive(String url) {
        assertThat(errorsOfData("{\"url\":" + url + "}")).containsExactly("data.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://learn.example.org.evil.example/",
                "https://learn.example.org@evil.example/",
                "https://user@learn.example.org/",
                "https:///x",
                "https://learn.example.org\\\\.evil.example/"
            })
    void linksToOtherHostsAreRefused(String url) {
        var data = NotificationData.parse("{\"url\":\"" + url + "\"}");
        var failure = catchThrowableOfType(
                InvalidFieldsException.class,
                () -> LinkHosts.of("learn.example.org").check(data));
        assertThat(failure.errors()).extracting(FieldError::field).containsExactly("data.url");
    }

    @Test
    void aLinkHasAtMost2048Characters() {
        assertThat(errorsOfData("{\"url\":\"/" + "x".repeat(2_047) + "\"}")).isEmpty();
        assertThat(errorsOfData("{\"url\":\"/" + "x".repeat(2_048) + "\"}")).containsExactly("data.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Open\"", "\"\uD83D\uDE00 Ouvrir l'énoncé\"", "null"})
    void labelsOfAButton(String label) {
        assertThatCode(() -> NotificationData.parse("{\"label\":" + label + "}").checkLabel())
                .doesNotThrowAnyException();
    }

    /** A service's own data with that name is no poison; who writes for people is told. */
    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \\u00a0\\t\"", "\"a\\nb\"", "\"a\\u0085\"", "5", "{}", "[\"Open\"]", "false"})
    void otherLabelsAreForOtherProgramsAlone(String label) {
        assertThat(errorsOfData("{\"label\":" + label + "}")).isEmpty();
        var data = NotificationData.parse("{\"label\":" + label + "}");
        var failure = catchThrowableOfType(InvalidFieldsException.class, data::checkLabel);
        assertThat(failure.errors()).extracting(FieldError::field).containsExactly("data.label");
    }

    @Test
    void aLabelHasAtMost40Characters() {
        String fits = "\uD83D\uDE00".repeat(40);
        assertThatCode(() ->
                        NotificationData.parse("{\"label\":\"" + fits + "\"}").checkLabel())
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        NotificationData.parse("{\"label\":\"" + fits + "x\"}").checkLabel())
                .isInstanceOf(InvalidFieldsException.class);
    }

    @Test
    void aTestIsForNamedUsers() {
        assertThat(errorsOf(MESSAGE + ",\"test_of_course\":42}")).isEmpty();
        assertThat(errorsOf(MESSAGE + ",\"test_of_course\":0}")).containsExactly("test_of_course");
        assertThat(errorsOf("{\"audience\":{\"course\":42},\"notification_type\":\"message\",\"message\":\"m\","
                        + "\"test_of_course\":42}"))
                .containsExactly("test_of_course");
    }

    private static List<String> errorsOfData(String data) {
        return errorsOf(MESSAGE + ",\"data\":" + data + "}");
    }

    private static NotificationRequested read(String body) {
        return JSON.bind(JSON.parse(body, 18), NotificationRequested.class);
    }

    private static List<String> errorsOf(String body) {
        try {
            read(body);
            return List.of();
        } catch (InvalidFieldsException e) {
            return e.errors().stream().map(FieldError::field).toList();
        }
    }
}
