package io.belfry.chaos;

import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is asked for on the command line.
 *
 * @param trials in the order in which they run, which is that of their numbers
 */
public record LoadProfile(Scale scale, List<Trial> trials) {

    /** What two cores do within about 10 minutes. */
    public static final double DEFAULT_FACTOR = 0.05;

    /**
     * @param promises in any order; none = all
     * @throws IllegalArgumentException if there is no trial of one of them
     */
    static LoadProfile of(Scale scale, List<String> promises) {
        Set<String> wanted = new LinkedHashSet<>();
        promises.forEach(promise -> wanted.add(promise.toUpperCase(Locale.ROOT)));
        return new LoadProfile(scale, trials(wanted));
    }

    /** Those of {@code all} that were not asked for. */
    public List<Trial> leftOut(List<Trial> all) {
        List<String> wanted = trials.stream().map(Trial::promise).toList();
        return all.stream().filter(trial -> !wanted.contains(trial.promise())).toList();
    }

    private static List<Trial> trials(Set<String> promises) {
        List<Trial> all = Trials.all();
        if (promises.isEmpty()) {
            return all;
        }
        Set<String> unknown = new LinkedHashSet<>(promises);
        List<Trial> wanted = new ArrayList<>();
        for (Trial trial : all) {
            List<String> numbers = Trials.numbers(trial);
            if (numbers.stream().anyMatch(promises::contains)) {
                wanted.add(trial);
            }
            numbers.forEach(unknown::remove);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no trial of " + String.join(", ", unknown) + "; there are "
                    + String.join(", ", all.stream().map(Trial::promise).toList()));
        }
        return wanted;
    }
}
