package io.belfry.kit.kafka;

import io.belfry.kit.kafka.Events.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One kind of record that can never be handled.
 *
 * @param code that it must be filed under
 * @param name tells it from the others
 */
public record Poison(String code, String name, Draft draft) {

    private static final String M = "\"message\":\"m\"";

    public static List<Poison> kinds(long unknownCourse) {
        return List.of(
                new Poison("empty", "no value", request().value(null)),
                new Poison("empty", "no bytes", request().value(new byte[0])),
                new Poison("not_json", "one byte", request().value(new byte[] {(byte) 0xC3})),
                new Poison("not_json", "gzip", request().value(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3})),
                new Poison("not_json", "avro", request().value(new byte[] {0, 0, 0, 0, 1, 14, 'm'})),
                body("not_json", "cut off", "{\"audience\":{\"users\":[7]}"),
                body("not_object", "array", "[1]"),
                body("not_object", "text", "\"m\""),
                body("not_json", "two documents", message(M) + "{}"),
                body("not_json", "name twice", message(M + "," + M)),
                body("not_json", "NUL in the message", message("\"message\":\"\\u0000\"")),
                body("not_json", "NUL in data", message(M + ",\"data\":{\"a\":\"\\u0000\"}")),
                body("not_json", "half a pair", message(M + ",\"data\":{\"a\":\"\\ud800\"}")),
                body("not_json", "1e999999999", message(M + ",\"data\":{\"a\":1e999999999}")),
                body("too_deep", "17 levels", message(M + ",\"data\":" + "{\"a\":".repeat(17) + "1" + "}".repeat(17))),
                body("too_deep", "100,000 levels", message(M + ",\"data\":" + "[".repeat(100_000))),
                new Poison("bad_attributes", "no id", request().without("ce_id")),
                header("bad_attributes", "blank id", "ce_id", ""),
                header("bad_attributes", "id of 256", "ce_id", "i".repeat(256)),
                new Poison("bad_attributes", "no source", request().without("ce_source")),
                header("bad_attributes", "source of 256", "ce_source", "/" + "s".repeat(255)),
                new Poison("bad_attributes", "no type", request().without("ce_type")),
                new Poison("bad_attributes", "no version", request().without("ce_specversion")),
                header("bad_attributes", "version 0.3", "ce_specversion", "0.3"),
                header("unknown_type", "another type", "ce_type", "com.example.thing"),
                header("unknown_type", "version 99", "ce_type", "belfry.notification.requested.v99"),
                body("invalid_field", "title of 256", message(M + ",\"title\":\"" + "t".repeat(256) + "\"")),
                body("invalid_field", "no message", message("\"title\":\"t\"")),
                body("invalid_field", "message of 10,001", message("\"message\":\"" + "m".repeat(10_001) + "\"")),
                body("invalid_field", "user 0", data("{\"users\":[0]}", M)),
                body("invalid_field", "user 1.9", data("{\"users\":[1.9]}", M)),
                body("invalid_field", "user as text", data("{\"users\":[\"7\"]}", M)),
                body("invalid_field", "user 2^53", data("{\"users\":[9007199254740992]}", M)),
                body("invalid_field", "no user", data("{\"users\":[]}", M)),
                body("invalid_field", "10,001 users", data("{\"users\":[" + "1,".repeat(10_000) + "1]}", M)),
                body("invalid_field", "both audiences", data("{\"users\":[7],\"course\":1}", M)),
                body("invalid_field", "no audience", "{\"notification_type\":\"message\"," + M + "}"),
                body("invalid_field", "unknown notification type", message(M).replace("\":\"message\"", "\":\"poke\"")),
                body("invalid_field", "a strange url", message(M + ",\"data\":{\"url\":\"https://evil.example/\"}")),
                body(
                        "invalid_field",
                        "data over 16 KiB",
                        message(M + ",\"data\":{\"a\":\"" + "x".repeat(17_000) + "\"}")),
                body("unknown_course", "a course that is unknown", data("{\"course\":" + unknownCourse + "}", M)),
                structured(
                        "bad_attributes",
                        "structured without an id",
                        "\"source\":\"/e2e\",\"type\":\"" + Events.REQUESTED_TYPE + "\","),
                structured(
                        "unknown_type",
                        "structured of another type",
                        "\"id\":\"1\",\"source\":\"/e2e\",\"type\":\"x\","),
                header("bad_attributes", "structured in Avro", "content-type", "application/cloudevents+avro"));
    }

    /** A good one, to be spoiled. */
    private static Draft request() {
        return Events.request(Events.newId(), Events.message(List.of(7L), "spoiled"));
    }

    private static Poison body(String code, String name, String json) {
        return new Poison(code, name, request().value(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Poison header(String code, String name, String header, String value) {
        return new Poison(code, name, request().header(header, value));
    }

    private static Poison structured(String code, String name, String attributes) {
        String envelope = "{\"specversion\":\"1.0\"," + attributes + "\"data\":" + message(M) + "}";
        byte[] value = envelope.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("content-type", "application/cloudevents+json");
        return new Poison(code, name, new Draft(Events.REQUESTED, null, null, value, headers));
    }

    private static String data(String audience, String rest) {
        return "{\"audience\":" + audience + ",\"notification_type\":\"message\"," + rest + "}";
    }

    private static String message(String rest) {
        return data("{\"users\":[7]}", rest);
    }
}
