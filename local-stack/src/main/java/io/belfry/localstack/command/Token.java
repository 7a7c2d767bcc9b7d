package io.belfry.localstack.command;

import java.util.List;

/** Prints an access token. */
final class Token {

    private final LocalSettings settings;

    Token(LocalSettings settings) {
        this.settings = settings;
    }

    int run(List<String> arguments) {
        if (arguments.size() != 1) {
            throw new UsageException("usage: ./dev token <person>");
        }
        System.out.println(new DemoApi(settings).token(arguments.get(0)));
        return 0;
    }
}
