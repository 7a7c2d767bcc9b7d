package io.belfry.localstack.command;

import java.time.Duration;

/** What a person needs to know when everything runs. */
final class Welcome {

    private Welcome() {}

    static void print(LocalSettings settings, Duration took) {
        String api = settings.apiAddress();
        System.out.printf(
                """

                Belfry is up (%.1f s).

                  page and API   %s
                  API described  %s/swagger-ui.html
                  sockets        %s
                  Kafka          127.0.0.1:%d
                  PostgreSQL     postgresql://belfry@127.0.0.1:%d/belfry
                  Redis          redis://127.0.0.1:%d

                Who can sign in: ines (instructor of course 1, 30 students), omar (instructor of course 2),
                ana and bruno (students in course 1), chen (student in course 2), root (admin).

                  ./dev listen ana                                  in a second terminal
                  ./dev send --as ines "Hello" "The room is B12."   in a third

                Ctrl-C stops everything.
                """,
                took.toMillis() / 1000.0,
                api,
                api,
                settings.gatewayAddress(),
                settings.port(LocalSettings.KAFKA_PORT),
                settings.port(LocalSettings.POSTGRES_PORT),
                settings.port(LocalSettings.REDIS_PORT));
    }
}
