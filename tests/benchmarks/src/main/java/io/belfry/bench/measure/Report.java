package io.belfry.bench.measure;

import io.belfry.kit.contract.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All rows of a run: told as they come, then as Markdown and as JSON. */
public final class Report {

    private final Path folder;
    private final PrintStream out;
    private final Map<String, String> facts;
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();

    /** @param facts of the machine and the run */
    public Report(Path folder, PrintStream out, Map<String, String> facts) {
        this.folder = folder;
        this.out = out;
        this.facts = new LinkedHashMap<>(facts);
    }

    /** @param title of its scenario */
    public void add(String title, Row row) {
        rows.computeIfAbsent(title, any -> new ArrayList<>()).add(row);
        out.printf("  %-28s %-34s %s%n", row.subject(), row.load(), figures(row));
        out.printf("  %-28s %-34s CPU s: %s%n", "", "", row.cpu());
    }

    /** A scenario that could not be run to its end. */
    public void failed(String title, Throwable why) {
        facts.put(title + " FAILED", String.valueOf(why.getMessage()));
        out.println("  FAILED: " + why);
    }

    public String markdown() {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        rows.forEach((title, some) -> {
            text.append("\n### ")
                    .append(title)
                    .append("\n\n| who | load | median (min-max) | CPU seconds, all rounds |\n|---|---|---|---|\n");
            for (Row row : some) {
                text.append("| %s | %s | %s | %s |%n".formatted(row.subject(), row.load(), figures(row), row.cpu()));
            }
        });
        return text.toString();
    }

    private static String figures(Row row) {
        return row.figures().stream()
                .map(figure -> figure.name() + " " + figure + " " + figure.unit())
                .collect(Collectors.joining("; "));
    }

    /** Writes {@code report.md} and {@code report.json}. */
    public void write() {
        try {
            Files.writeString(folder.resolve("report.md"), markdown());
            Files.write(folder.resolve("report.json"), Json.bytes(Json.object("facts", facts, "rows", json())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Map<String, Object>> json() {
        return rows.entrySet().stream()
                .flatMap(scenario -> scenario.getValue().stream())
                .map(row -> Map.<String, Object>of(
                        "scenario", row.scenario(),
                        "subject", row.subject(),
                        "load", row.load(),
                        "cpuSeconds", row.cpuSeconds(),
                        "figures", row.figures().stream().map(Report::json).toList()))
                .toList();
    }

    private static Map<String, Object> json(Samples figure) {
        return Map.of(
                "name", figure.name(),
                "unit", figure.unit(),
                "rounds", figure.count(),
                "median", figure.median(),
                "min", figure.min(),
                "max", figure.max());
    }
}
