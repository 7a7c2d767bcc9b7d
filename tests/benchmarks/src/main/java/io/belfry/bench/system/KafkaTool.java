package io.belfry.bench.system;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Kafka's own measuring of a record's way from a producer to a consumer. */
public final class KafkaTool {

    private static final Pattern PERCENTILES = Pattern.compile("50th = ([0-9.]+), 99th = ([0-9.]+)");

    private KafkaTool() {}

    /** Milliseconds. */
    public record EndToEnd(double p50, double p99) {}

    /** Of records of 350 bytes, one at a time, at the system's own broker. */
    public static EndToEnd endToEnd(Belfry belfry, int records) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ownJar() + File.pathSeparator + classPath(belfry.pid("kafka")),
                "org.apache.kafka.tools.EndToEndLatency",
                "--bootstrap-server",
                belfry.stack().infrastructure().kafka().bootstrapServers(),
                "--topic",
                "end-to-end",
                "--num-records",
                String.valueOf(records),
                "--producer-acks",
                "all",
                "--record-size",
                "350");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher found = PERCENTILES.matcher(printed);
            if (!found.find()) {
                throw new ProcessFailedException("EndToEndLatency says: " + printed);
            }
            return new EndToEnd(Double.parseDouble(found.group(1)), Double.parseDouble(found.group(2)));
        } catch (IOException e) {
            throw new ProcessFailedException("EndToEndLatency cannot be run: " + e.getMessage(), e);
        }
    }

    private static String ownJar() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("kafka-tools-4"))
                .findFirst()
                .orElseThrow(() -> new ProcessFailedException("kafka-tools is not on the class path"));
    }

    /** All that the tool needs is among the broker's jars. */
    private static String classPath(long broker) {
        try {
            List<String> words = List.of(
                    Files.readString(Path.of("/proc/" + broker + "/cmdline")).split("\0"));
            return words.get(words.indexOf("-cp") + 1);
        } catch (IOException e) {
            throw new ProcessFailedException("the broker is gone", e);
        }
    }
}
