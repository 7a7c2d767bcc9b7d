package io.belfry.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds in a log the one line that most likely says why a process ended. */
final class LogTail {

    private static final int LINES = 200;
    private static final Pattern TELLING = Pattern.compile("FATAL|ERROR|Exception|BELFRY_|[Ff]ailed|in use");

    private LogTail() {}

    static String cause(Path log) {
        List<String> lines;
        try {
            lines = Files.readAllLines(log);
        } catch (IOException unreadable) {
            return "no readable log";
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                .toList();
        return last.stream()
                .filter(line -> TELLING.matcher(line).find())
                .reduce((earlier, later) -> later)
                .orElseGet(() -> last.isEmpty() ? "it wrote nothing" : last.get(last.size() - 1));
    }
}
