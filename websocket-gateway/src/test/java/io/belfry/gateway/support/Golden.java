package io.belfry.gateway.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The golden files that Java's and the web client's tests read. */
public final class Golden {

    private Golden() {}

    public static String frame(String name) {
        return read("frames/" + name + ".json");
    }

    public static String event(String name) {
        return read("events/" + name + ".json");
    }

    public static String read(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
