package io.belfry.chaos;

import io.belfry.chaos.harness.Scale;
import io.belfry.chaos.harness.Trial;
import java.util.List;
import java.util.Locale;

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
        List<Trial> all = Trials.all();
        List<String> known = all.stream().map(Trial::promise).toList();
        List<String> wanted = promises.stream()
                .map(promise -> promise.toUpperCase(Locale.ROOT))
                .toList();
        if (!known.containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "no trial of each of " + String.join(", ", wanted) + "; there are " + String.join(", ", known));
        }
        return new LoadProfile(
                scale,
                all.stream()
                        .filter(trial -> wanted.isEmpty() || wanted.contains(trial.promise()))
                        .toList());
    }

    /** Those of {@code all} that were not asked for. */
    public List<Trial> leftOut(List<Trial> all) {
        List<String> wanted = trials.stream().map(Trial::promise).toList();
        return all.stream().filter(trial -> !wanted.contains(trial.promise())).toList();
    }
}
