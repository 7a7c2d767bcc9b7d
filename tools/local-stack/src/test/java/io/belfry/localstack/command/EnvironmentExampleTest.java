package io.belfry.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.localstack.system.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code .env.example} promises to list every variable. */
class EnvironmentExampleTest {

    private static final Pattern VARIABLE = Pattern.compile("BELFRY(_[A-Z]+)+\\b(?!_)");
    private static final Pattern LISTED = Pattern.compile("^#?(BELFRY_[A-Z_]+)=", Pattern.MULTILINE);

    private final Path root = Checkout.current().root();

    @Test
    void listsEveryVariableThatIsRead() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String module : List.of(
                "shared-events",
                "service-runtime",
                "notification-api",
                "notification-persister",
                "websocket-gateway",
                "tools/admin")) {
            Path sources = root.resolve(module).resolve("src/main");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|ya?ml|xml|properties)"))
                        .toList()) {
                    read.addAll(all(VARIABLE, 0, file));
                }
            }
        }
        read.addAll(all(VARIABLE, 0, root.resolve("docker-compose.yml")));

        assertThat(read).hasSizeGreaterThan(30);
        assertThat(all(LISTED, 1, root.resolve(".env.example"))).containsAll(read);
    }

    private static Set<String> all(Pattern pattern, int group, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(group))
                .collect(Collectors.toSet());
    }
}
