package io.belfry.localstack.kafka;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The broker's jars that this module carries: where they are, what they are called, how the broker is started from them. */
public final class KafkaDistribution {

    private static final String FOLDER = "/broker/";

    private KafkaDistribution() {}

    /** The broker's main class: its arguments are a properties file and a cluster id. */
    public static String mainClass() {
        return KafkaBroker.class.getName();
    }

    /** The names of the broker's jars, versions included: equal names, equal distribution. */
    public static List<String> jars() {
        try (InputStream index = resource("index")) {
            String paths = new String(index.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.of(paths.split(":"))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the broker's jars into an existing folder. */
    public static void unpack(Path folder) throws IOException {
        for (String jar : jars()) {
            try (InputStream content = resource(jar)) {
                Files.copy(content, folder.resolve(jar));
            }
        }
    }

    /** The class path of a broker whose jars were {@linkplain #unpack unpacked} into {@code folder}. */
    public static String classPath(Path folder) {
        return ownJar() + System.getProperty("path.separator") + folder.resolve("*");
    }

    /** This module's own jar, which the main class is in. */
    public static Path ownJar() {
        try {
            URI own = KafkaDistribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(own);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream resource(String name) throws FileNotFoundException {
        InputStream content = KafkaDistribution.class.getResourceAsStream(FOLDER + name);
        if (content == null) {
            throw new FileNotFoundException("not packed: " + name);
        }
        return content;
    }
}
