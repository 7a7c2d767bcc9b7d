package io.belfry.persister.support;

import java.util.Arrays;

/** What a persister's Prometheus door shows. */
public final class Figures {

    private Figures() {}

    /** The sum of a figure's samples that have all of these labels, as they are written: {@code topic="a"}. */
    public static double sum(String scrape, String figure, String... labels) {
        return scrape.lines()
                .filter(line -> line.startsWith(figure + "{") || line.startsWith(figure + " "))
                .filter(line -> {
                    String name = line.substring(0, line.lastIndexOf(' '));
                    return Arrays.stream(labels).allMatch(name::contains);
                })
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
