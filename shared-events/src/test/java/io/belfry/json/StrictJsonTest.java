package io.belfry.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.belfry.json.MalformedJsonException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private final StrictJson json = StrictJson.ignoringUnknownFields();

    record Sample(Long someId, String text, List<Long> numbers, Boolean flag) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{} {}",
                "{}x",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud83d\":1}",
                "{\"a\":1e999999999}",
                "{\"a\":-1e400}",
                "\uFEFF{}",
                "{\"a\":01}",
                "// comment\n{}",
                "{\"a\":\"\t\"}"
            })
    void refusesWhatIsNotOneDocument(String text) {
        assertThat(kindOf(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Kind.NOT_JSON);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] overlongSlash = {'"', (byte) 0xC0, (byte) 0xAF, '"'};
        byte[] encodedSurrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        assertThat(kindOf(overlongSlash)).isEqualTo(Kind.NOT_JSON);
        assertThat(kindOf(encodedSurrogate)).isEqualTo(Kind.NOT_JSON);
        assertThat(kindOf("{}".getBytes(StandardCharsets.UTF_16))).isEqualTo(Kind.NOT_JSON);
    }

    @Test
    void takesTheCharacterThatStandsForWhatIsNotUtf8() {
        byte[] replacement = "\"a\uFFFDb\"".getBytes(StandardCharsets.UTF_8);
        assertThat(json.parse(replacement, 16).stringValue()).isEqualTo("a\uFFFDb");
    }

    @Test
    void refusesNumbersOfTooManyDigits() {
        byte[] digits = ("{\"a\":" + "1".repeat(1_001) + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(kindOf(digits)).isEqualTo(Kind.NOT_JSON);
    }

    @Test
    void tellsEmptyFromWrong() {
        assertThat(kindOf(new byte[0])).isEqualTo(Kind.EMPTY);
        assertThat(kindOf(" \n".getBytes(StandardCharsets.UTF_8))).isEqualTo(Kind.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"16, true", "17, false", "501, false", "100000, false"})
    void takesSixteenLevelsAndNoMore(int levels, boolean accepted) {
        String text = "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (accepted) {
            assertThat(json.parse(bytes, 16).isObject()).isTrue();
        } else {
            assertThat(kindOf(bytes)).isEqualTo(Kind.TOO_DEEP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"a\""})
    void knowsObjectsFromOtherDocuments(String text) {
        var failure = catchThrowableOfType(MalformedJsonException.class, () -> json.parseObject(text, 16));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_OBJECT);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"some_id\":\"12\"}', some_id",
        "'{\"some_id\":1.9}', some_id",
        "'{\"some_id\":1.0}', some_id",
        "'{\"some_id\":true}', some_id",
        "'{\"some_id\":\"\"}', some_id",
        "'{\"some_id\":9223372036854775808}', some_id",
        "'{\"text\":5}', text",
        "'{\"text\":false}', text",
        "'{\"text\":1.5}', text",
        "'{\"text\":{}}', text",
        "'{\"numbers\":[1,\"2\"]}', numbers[1]",
        "'{\"numbers\":1}', numbers",
        "'{\"flag\":\"true\"}', flag",
        "'{\"flag\":1}', flag"
    })
    void neverCoerces(String text, String field) {
        var failure =
                catchThrowableOfType(InvalidFieldsException.class, () -> json.bind(json.parse(text, 16), Sample.class));
        assertThat(failure.errors()).extracting(FieldError::field).containsExactly(field);
    }

    @Test
    void unknownFieldsAreIgnoredOrRefusedByDoor() {
        var document = json.parse("{\"text\":\"a\",\"other\":1}", 16);
        assertThat(json.bind(document, Sample.class).text()).isEqualTo("a");
        var failure = catchThrowableOfType(
                InvalidFieldsException.class,
                () -> StrictJson.refusingUnknownFields().bind(document, Sample.class));
        assertThat(failure.errors()).extracting(FieldError::field).containsExactly("other");
    }

    @Test
    void writesSnakeCaseAndTimesOfThreeDecimals() {
        assertThat(json.writeText(new Sample(1L, "é😀", List.of(), true)))
                .isEqualTo("{\"some_id\":1,\"text\":\"é😀\",\"numbers\":[],\"flag\":true}");
        assertThat(json.writeText(Map.of("t", Instant.parse("2026-03-01T10:20:30.123999Z"))))
                .isEqualTo("{\"t\":\"2026-03-01T10:20:30.123Z\"}");
        assertThat(WireTime.format(Instant.parse("2026-03-01T10:20:30Z"))).isEqualTo("2026-03-01T10:20:30.000Z");
    }

    @Test
    void numbersKeepTheirDigits() {
        String text = "{\"a\":1.10,\"b\":9007199254740993,\"c\":0.1}";
        assertThat(json.writeText(json.parse(text, 16))).isEqualTo(text);
    }

    private Kind kindOf(byte[] bytes) {
        return catchThrowableOfType(MalformedJsonException.class, () -> json.parse(bytes, 16))
                .kind();
    }
}
