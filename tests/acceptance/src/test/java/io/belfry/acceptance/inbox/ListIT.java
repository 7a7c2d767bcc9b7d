package io.belfry.acceptance.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.system.NotificationSystem;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pages of an inbox: newest first, and none shows twice or goes missing while new ones arrive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListIT {

    private static final int COUNT = 47;

    private final NotificationSystem system = NotificationSystem.shared();
    private final Inbox inbox = Inbox.with(system, COUNT);

    private static List<String> newestFirst(int from, int to) {
        List<String> titles = new ArrayList<>(
                IntStream.rangeClosed(to, from).mapToObj(each -> "n" + each).toList());
        Collections.reverse(titles);
        return titles;
    }

    private static JsonNode follow(Inbox inbox, JsonNode link) {
        URI address = URI.create(link.asString());
        assertThat(address.isAbsolute()).isTrue();
        return inbox.page("?" + address.getRawQuery());
    }

    @Test
    void firstPageIsTheTwentyNewest() {
        JsonNode page = inbox.page("");

        assertThat(page.path("count").asInt()).isEqualTo(COUNT);
        assertThat(Inbox.titles(page.path("results"))).isEqualTo(newestFirst(47, 28));
        assertThat(page.path("previous").isNull()).isTrue();
        assertThat(page.path("next").asString())
                .startsWith(system.apiAddress() + "/api/notifications/?")
                .contains("cursor=");
    }

    @Test
    void cursorsLeadToTheEndAndBack() {
        JsonNode second = follow(inbox, inbox.page("?page_size=20").path("next"));
        JsonNode third = follow(inbox, second.path("next"));

        assertThat(Inbox.titles(second.path("results"))).isEqualTo(newestFirst(27, 8));
        assertThat(Inbox.titles(third.path("results"))).isEqualTo(newestFirst(7, 1));
        assertThat(third.path("next").isNull()).isTrue();
        assertThat(follow(inbox, third.path("previous")).path("results")).isEqualTo(second.path("results"));
        assertThat(Inbox.titles(follow(inbox, second.path("previous")).path("results")))
                .isEqualTo(newestFirst(47, 28));
    }

    @Test
    void pagesStayStableWhileNewOnesArriveAndOldOnesGo() {
        Inbox busy = Inbox.with(system, 30);
        List<String> seen = new ArrayList<>();
        JsonNode page = busy.page("?page_size=7");
        seen.addAll(Inbox.titles(page.path("results")));
        busy.receive(9);
        busy.delete(busy.id(30));
        while (page.path("next").isString()) {
            page = follow(busy, page.path("next"));
            seen.addAll(Inbox.titles(page.path("results")));
            busy.receive(1);
        }

        assertThat(seen).isEqualTo(newestFirst(30, 1));
        assertThat(page.path("seq").asLong()).isGreaterThan(40);
        busy.checkAgainstTruth();
    }

    @Test
    void numberedPagesGoAlong() {
        assertThat(Inbox.titles(inbox.page("?page=3&page_size=20").path("results")))
                .isEqualTo(newestFirst(7, 1));
        assertThat(Inbox.titles(inbox.page("?page=1").path("results"))).isEqualTo(newestFirst(47, 28));
        inbox.get("?page=4").expectProblem(404);
        Inbox.empty(system).page("?page=1");
    }

    @Test
    void moreThanAHundredCountsAsAHundred() {
        Inbox large = Inbox.with(system, 101);

        assertThat(large.page("?page_size=1000000").path("results")).hasSize(100);
        assertThat(large.page("?page_size=1").path("results")).hasSize(1);
    }

    @Test
    void filtersChooseAndCount() {
        Inbox mixed = Inbox.with(system, 6);
        mixed.markRead(mixed.id(2));
        mixed.markRead(mixed.id(5));

        JsonNode read = mixed.page("?is_read=true");
        assertThat(Inbox.titles(read.path("results"))).containsExactly("n5", "n2");
        assertThat(read.path("count").asInt()).isEqualTo(2);
        JsonNode unread = mixed.page("?is_read=false&page_size=3");
        assertThat(Inbox.titles(unread.path("results"))).containsExactly("n6", "n4", "n3");
        assertThat(unread.path("count").asInt()).isEqualTo(4);
        assertThat(Inbox.titles(follow(mixed, unread.path("next")).path("results")))
                .containsExactly("n1");
        assertThat(mixed.page("?notification_type=message&is_read=true")
                        .path("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(mixed.page("?notification_type=exam_result").path("count").asInt())
                .isZero();
    }

    @Test
    void strangersCursorShowsNothingOfTheirs() {
        String next = inbox.page("?page_size=5").path("next").asString();
        Inbox stranger = Inbox.with(system, 1);

        var reply = stranger.get("?" + URI.create(next).getRawQuery());

        assertThat(reply.status()).isIn(200, 400);
        if (reply.status() == 200) {
            reply.body()
                    .path("results")
                    .forEach(row -> assertThat(row.path("receiver").asLong()).isEqualTo(stranger.user()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?page=0",
                "?page=-1",
                "?page=x",
                "?page=99999999999999999999",
                "?page_size=0",
                "?page_size=-1",
                "?page_size=1.5",
                "?cursor=nonsense",
                "?cursor=%00",
                "?is_read=maybe",
                "?is_read=TRUE%20",
                "?notification_type=exam_results",
                "?notification_type=EXAM_RESULT"
            })
    void parametersThatMakeNoSenseAreRefused(String query) {
        inbox.get(query).expectProblem(400);
    }
}
