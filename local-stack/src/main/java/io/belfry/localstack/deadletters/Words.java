package io.belfry.localstack.deadletters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a command, taken apart and not yet understood.
 *
 * @param plain   in their order
 * @param options by name; a switch has an empty value
 */
record Words(List<String> plain, Map<String, String> options) {

    /**
     * @param valued   options that are followed by a value
     * @param switches options that are not
     * @throws WrongCallException for an option that is unknown, given twice, or without its value
     */
    static Words of(List<String> arguments, Set<String> valued, Set<String> switches) {
        List<String> plain = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String word = rest.remove();
            if (!word.startsWith("--")) {
                plain.add(word);
            } else if (options.put(word, value(word, rest, valued, switches)) != null) {
                throw new WrongCallException(word + " is given twice");
            }
        }
        return new Words(List.copyOf(plain), options);
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    boolean isOn(String name) {
        return options.containsKey(name);
    }

    private static String value(String option, Deque<String> rest, Set<String> valued, Set<String> switches) {
        if (switches.contains(option)) {
            return "";
        }
        if (!valued.contains(option)) {
            throw new WrongCallException("there is no option " + option + " here");
        }
        if (rest.isEmpty() || rest.element().startsWith("--")) {
            throw new WrongCallException(option + " needs a value");
        }
        return rest.remove();
    }
}
