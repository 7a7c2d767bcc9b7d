package io.belfry.kit.contract;

import io.belfry.localstack.system.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** What stands in the fenced blocks of a language below a heading of a page, up to the next one of the second rank. */
    public static List<String> blocks(String path, String heading, String language) {
        String section = ("\n" + read(path))
                .split("\n" + Pattern.quote(heading) + "\n", 2)[1]
                .split("\n## ", 2)[0];
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(section)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The rows of the first table below a heading of a page, without its head; backquotes removed. */
    public static Stream<List<String>> table(String path, String heading) {
        return read(path)
                .lines()
                .dropWhile(line -> !line.equals(heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.split("\\|"))
                        .skip(1)
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList());
    }
}
