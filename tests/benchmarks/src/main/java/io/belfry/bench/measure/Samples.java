package io.belfry.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One figure over several rounds. */
public final class Samples {

    private final String name;
    private final String unit;
    private final List<Double> values = new ArrayList<>();

    /**
     * @param name such as {@code last}
     * @param unit such as {@code ms}
     */
    public Samples(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    public static Samples of(String name, String unit, double... values) {
        Samples samples = new Samples(name, unit);
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }

    public void add(double value) {
        values.add(value);
    }

    public String name() {
        return name;
    }

    public String unit() {
        return unit;
    }

    public int count() {
        return values.size();
    }

    public double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double min() {
        return sorted().get(0);
    }

    public double max() {
        return sorted().get(values.size() - 1);
    }

    /** The value that so many of all stay below: 0.99 of them. */
    public double at(double quantile) {
        List<Double> sorted = sorted();
        return sorted.get(Math.min(sorted.size() - 1, (int) (quantile * sorted.size())));
    }

    private List<Double> sorted() {
        if (values.isEmpty()) {
            throw new IllegalStateException("no round of " + name);
        }
        return values.stream().sorted().toList();
    }

    /** {@code 12.3 (11.9-14.0)}; a single value alone. */
    @Override
    public String toString() {
        String middle = text(median());
        return values.size() == 1 ? middle : middle + " (" + text(min()) + "-" + text(max()) + ")";
    }

    /** Three digits that mean something. */
    static String text(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
