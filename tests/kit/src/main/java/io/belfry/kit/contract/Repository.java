package io.belfry.kit.contract;

import io.belfry.localstack.system.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this checkout. */
public final class Repository {

    private Repository() {}

    /** @param path relative to the top folder */
    public static Path file(String path) {
        return Checkout.current().root().resolve(path);
    }

    public static String read(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
