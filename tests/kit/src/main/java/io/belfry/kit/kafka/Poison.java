package io.belfry.kit.kafka;

import io.belfry.kit.contract.Json;
import io.belfry.kit.kafka.Events.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * One kind of record that can never be handled.
 *
 * @param code that it must be filed under
 * @param name tells it from the others
 */
public record Poison(String code, String name, Draft draft) {

    public static List<Poison> kinds(long unknownCourse) {
        return List.of(
                new Poison("empty", "no value", request().value(null)),
                new Poison("empty", "no bytes", request().value(new byte[0])),
                new Poison("not_json", "one byte", request().value(new byte[] {(byte) 0xC3})),
                new Poison("not_json", "cut off", with(request(), "{\"audience\":{\"users\":[7]}")),
                new Poison("not_json", "gzip", request().value(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3})),
                new Poison("not_json", "avro", request().value(new byte[] {0, 0, 0, 0, 1, 14, 'm'})),
                new Poison("not_object", "array", with(request(), "[1]")),
                new Poison("not_object", "text", with(request(), "\"m\"")),
                new Poison("not_json", "two documents", with(request(), message("\"message\":\"m\"") + "{}")),
                new Poison("not_json", "name twice", with(request(), message("\"message\":\"m\",\"message\":\"n\""))),
                new Poison("not_json", "NUL in the message", with(request(), message("\"message\":\"\\u0000\""))),
                new Poison(
                        "not_json",
                        "NUL in data",
                        with(request(), message("\"message\":\"m\",\"data\":{\"a\":\"\\u0000\"}"))),
                new Poison(
                        "not_json",
                        "half a pair",
                        with(request(), message("\"message\":\"m\",\"data\":{\"a\":\"\\ud800\"}"))),
                new Poison(
                        "not_json",
                        "1e999999999",
                        with(request(), message("\"message\":\"m\",\"data\":{\"a\":1e999999999}"))),
                new Poison(
                        "too_deep",
                        "17 levels",
                        with(request(), message("\"message\":\"m\",\"data\":" + Json.nested(17)))),
                new Poison(
                        "too_deep",
                        "100,000 levels",
                        with(request(), message("\"message\":\"m\",\"data\":" + "[".repeat(100_000)))),
                new Poison("bad_attributes", "no id", request().without("ce_id")),
                new Poison("bad_attributes", "blank id", request().header("ce_id", "")),
                new Poison("bad_attributes", "id of 256", request().header("ce_id", "i".repeat(256))),
                new Poison("bad_attributes", "no source", request().without("ce_source")),
                new Poison("bad_attributes", "source of 256", request().header("ce_source", "/" + "s".repeat(255))),
                new Poison("bad_attributes", "no type", request().without("ce_type")),
                new Poison("bad_attributes", "no version", request().without("ce_specversion")),
                new Poison("bad_attributes", "version 0.3", request().header("ce_specversion", "0.3")),
                new Poison("unknown_type", "another type", request().header("ce_type", "com.example.thing")),
                new Poison(
                        "unknown_type", "version 99", request().header("ce_type", "belfry.notification.requested.v99")),
                new Poison(
                        "invalid_field",
                        "title of 256",
                        with(request(), message("\"message\":\"m\",\"title\":\"" + "t".repeat(256) + "\""))),
                new Poison("invalid_field", "no message", with(request(), message("\"title\":\"t\""))),
                new Poison(
                        "invalid_field",
                        "message of 10,001",
                        with(request(), message("\"message\":\"" + "m".repeat(10_001) + "\""))),
                new Poison("invalid_field", "user 0", with(request(), data("{\"users\":[0]}", "\"message\":\"m\""))),
                new Poison(
                        "invalid_field", "user 1.9", with(request(), data("{\"users\":[1.9]}", "\"message\":\"m\""))),
                new Poison(
                        "invalid_field",
                        "user as text",
                        with(request(), data("{\"users\":[\"7\"]}", "\"message\":\"m\""))),
                new Poison(
                        "invalid_field",
                        "user 2^53",
                        with(request(), data("{\"users\":[9007199254740992]}", "\"message\":\"m\""))),
                new Poison("invalid_field", "nobody", with(request(), data("{\"users\":[]}", "\"message\":\"m\""))),
                new Poison(
                        "invalid_field",
                        "both audiences",
                        with(request(), data("{\"users\":[7],\"course\":1}", "\"message\":\"m\""))),
                new Poison(
                        "invalid_field",
                        "no audience",
                        with(request(), "{\"notification_type\":\"message\",\"message\":\"m\"}")),
                new Poison(
                        "invalid_field",
                        "unknown notification type",
                        with(
                                request(),
                                "{\"audience\":{\"users\":[7]},\"notification_type\":\"poke\",\"message\":\"m\"}")),
                new Poison(
                        "invalid_field",
                        "a strange url",
                        with(request(), message("\"message\":\"m\",\"data\":{\"url\":\"https://evil.example/\"}"))),
                new Poison(
                        "invalid_field",
                        "data over 16 KiB",
                        with(request(), message("\"message\":\"m\",\"data\":{\"a\":\"" + "x".repeat(17_000) + "\"}"))),
                new Poison(
                        "invalid_field",
                        "10,001 users",
                        with(
                                request(),
                                data(
                                        "{\"users\":"
                                                + LongStream.rangeClosed(1, 10_001)
                                                        .boxed()
                                                        .toList() + "}",
                                        "\"message\":\"m\""))),
                new Poison(
                        "unknown_course",
                        "a course that is unknown",
                        with(request(), data("{\"course\":" + unknownCourse + "}", "\"message\":\"m\""))),
                new Poison(
                        "bad_attributes",
                        "structured without an id",
                        with(
                                envelope(),
                                structured("\"source\":\"/e2e\",\"type\":\"belfry.notification.requested.v1\","))),
                new Poison(
                        "unknown_type",
                        "structured of another type",
                        with(envelope(), structured("\"id\":\"1\",\"source\":\"/e2e\",\"type\":\"x\","))),
                new Poison(
                        "bad_attributes",
                        "structured in Avro",
                        request().header("content-type", "application/cloudevents+avro")));
    }

    /** A good one, to be spoiled. */
    private static Draft request() {
        return Events.request(Events.newId(), Events.message(List.of(7L), "spoiled"));
    }

    private static Draft envelope() {
        return new Draft(Events.REQUESTED, null, null, null, Map.of("content-type", "application/cloudevents+json"));
    }

    private static Draft with(Draft base, String json) {
        return base.value(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String data(String audience, String rest) {
        return "{\"audience\":" + audience + ",\"notification_type\":\"message\"," + rest + "}";
    }

    private static String message(String rest) {
        return data("{\"users\":[7]}", rest);
    }

    private static String structured(String attributes) {
        return "{\"specversion\":\"1.0\"," + attributes + "\"data\":" + message("\"message\":\"m\"") + "}";
    }
}
