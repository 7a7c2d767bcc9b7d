package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class InboxListIT {

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);

    private List<Long> deliver(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> database.deliver(user))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<Long> ids(Answer page) {
        List<Long> ids = new ArrayList<>();
        page.json().path("results").forEach(row -> ids.add(row.path("id").longValue()));
        return ids;
    }

    @Test
    void emptyInboxHasTheNumbersZero() {
        JsonNode page = api.get("/api/notifications/").json();

        assertThat(page.propertyNames())
                .containsExactlyInAnyOrder("count", "next", "previous", "results", "seq", "unread", "epoch");
        assertThat(page.path("count").intValue()).isZero();
        assertThat(page.path("seq").intValue()).isZero();
        assertThat(page.path("unread").intValue()).isZero();
        assertThat(page.path("next").isNull()).isTrue();
        assertThat(page.path("epoch").stringValue()).matches("[A-Za-z0-9_-]{1,64}");
    }

    @Test
    void showsEveryFieldOfANotification() {
        long sender = TestSystem.newId();
        database.person(sender, "Ines Costa");
        database.person(user, "Ana Lima");
        String data = "{\"b\":1e308,\"a\":[1.0,\"\\u202e\"],\"url\":\"/courses/42\"}";
        database.deliver(user, new Content(sender, "course_update", "<img onerror>", "Text", data, 42L));

        JsonNode row = api.get("/api/notifications/").at("results/0");

        assertThat(row.propertyNames())
                .containsExactly(
                        "id",
                        "sender",
                        "sender_name",
                        "receiver",
                        "receiver_name",
                        "notification_type",
                        "title",
                        "message",
                        "data",
                        "is_read",
                        "read_at",
                        "course",
                        "created_at",
                        "added_seq");
        assertThat(row.path("sender_name").stringValue()).isEqualTo("Ines Costa");
        assertThat(row.path("receiver").longValue()).isEqualTo(user);
        assertThat(row.path("receiver_name").stringValue()).isEqualTo("Ana Lima");
        assertThat(row.path("title").stringValue()).isEqualTo("<img onerror>");
        assertThat(row.path("course").longValue()).isEqualTo(42);
        assertThat(row.path("created_at").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(row.path("read_at").isNull()).isTrue();
        assertThat(api.get("/api/notifications/").text()).contains("\"data\":" + data);
    }

    @Test
    void newestIsFirst() {
        List<Long> delivered = deliver(3);
        Collections.reverse(delivered);

        assertThat(ids(api.get("/api/notifications/"))).isEqualTo(delivered);
    }

    @Test
    void cursorShowsEveryRowOnceWhileOthersArrive() {
        List<Long> delivered = deliver(9);
        List<Long> seen = new ArrayList<>();
        Answer page = api.get("/api/notifications/?page_size=2");
        while (true) {
            seen.addAll(ids(page));
            String next = page.at("next").isNull() ? null : page.at("next").stringValue();
            if (next == null) {
                break;
            }
            deliver(1);
            page = api.get(next);
        }

        Collections.reverse(delivered);
        assertThat(seen).isEqualTo(delivered);
        Answer back = api.get(page.at("previous").stringValue());
        assertThat(ids(back)).isEqualTo(delivered.subList(6, 8));
    }

    @Test
    void previousLeadsBackToThoseThatArrivedMeanwhile() {
        deliver(4);
        Answer second =
                api.get(api.get("/api/notifications/?page_size=2").at("next").stringValue());
        List<Long> newer = deliver(1);

        Answer first = api.get(second.at("previous").stringValue());
        Answer newest = api.get(first.at("previous").stringValue());

        assertThat(ids(first)).hasSize(2);
        assertThat(ids(newest)).isEqualTo(newer);
        assertThat(newest.at("previous").isNull()).isTrue();
    }

    @Test
    void pagesByNumberToo() {
        deliver(5);

        assertThat(ids(api.get("/api/notifications/?page=3&page_size=2"))).hasSize(1);
        Answer second = api.get("/api/notifications/?page=2&page_size=2");
        assertThat(ids(api.get(second.at("next").stringValue())))
                .isEqualTo(ids(api.get("/api/notifications/?page=3&page_size=2")));
        assertThat(api.get("/api/notifications/?page=4&page_size=2").problem()).isEqualTo("not_found");
        assertThat(api.get("/api/notifications/?page=9007199254740991").problem())
                .isEqualTo("not_found");
    }

    @Test
    void hundredRowsAreTheMost() {
        deliver(101);

        Answer page = api.get("/api/notifications/?page_size=1000000");

        assertThat(ids(page)).hasSize(100);
        assertThat(page.at("count").intValue()).isEqualTo(101);
    }

    @Test
    void filtersAndCountsWhatTheyLeave() {
        List<Long> delivered = deliver(3);
        database.deliver(user, Content.ofType("exam_result"));
        api.patch("/api/notifications/" + delivered.get(0) + "/mark_read/");
        api.delete("/api/notifications/" + delivered.get(1) + "/");

        assertThat(api.get("/api/notifications/").at("count").intValue()).isEqualTo(3);
        Answer read = api.get("/api/notifications/?is_read=true");
        assertThat(ids(read)).containsExactly(delivered.get(0));
        assertThat(read.at("count").intValue()).isEqualTo(1);
        assertThat(api.get("/api/notifications/?is_read=false").at("count").intValue())
                .isEqualTo(2);
        Answer exams = api.get("/api/notifications/?notification_type=exam_result&is_read=false");
        assertThat(exams.at("count").intValue()).isEqualTo(1);
        assertThat(exams.at("results/0/notification_type").stringValue()).isEqualTo("exam_result");
        assertThat(exams.at("unread").intValue()).isEqualTo(2);
    }

    @Test
    void cursorKeepsItsFilters() {
        for (int i = 0; i < 3; i++) {
            database.deliver(user, Content.ofType("exam_result"));
            database.deliver(user, Content.ofType("message"));
        }
        String next = api.get("/api/notifications/?notification_type=exam_result&page_size=2")
                .at("next")
                .stringValue();

        assertThat(api.get(next).at("results/0/notification_type").stringValue())
                .isEqualTo("exam_result");
        assertThat(api.get(next.replace("exam_result", "message")).problem()).isEqualTo("invalid_fields");
    }

    @Test
    void cursorOfAnotherUserShowsNothing() {
        deliver(3);
        String next = api.get("/api/notifications/?page_size=1").at("next").stringValue();

        Answer stolen = system.asUser(TestSystem.newId()).get(next);

        assertThat(stolen.problem()).isEqualTo("invalid_fields");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=-1",
                "page=0",
                "page=x",
                "page_size=0",
                "page_size=-1",
                "page_size=1.0",
                "cursor=x",
                "cursor=AAAA&page=1",
                "is_read=1",
                "is_read=yes",
                "notification_type=exam_results",
                "notification_type=MESSAGE",
                "page=1&page=2"
            })
    void badParametersAreNamed(String query) {
        Answer answer = api.get("/api/notifications/?" + query);

        assertThat(answer.problem()).isEqualTo("invalid_fields");
        assertThat(answer.at("errors/0/field").stringValue())
                .isEqualTo(query.startsWith("cursor=A") ? "page" : query.split("=")[0]);
    }

    @Test
    void whatBelongsToOthersDoesNotExist() {
        long foreign = database.deliver(TestSystem.newId());
        String unknown = api.get("/api/notifications/9007199254740991/").text();

        assertThat(api.get("/api/notifications/" + foreign + "/").text()).isEqualTo(unknown);
        assertThat(api.patch("/api/notifications/" + foreign + "/mark_read/").text())
                .isEqualTo(unknown);
        assertThat(api.patch("/api/notifications/" + foreign + "/mark_unread/").text())
                .isEqualTo(unknown);
        assertThat(api.delete("/api/notifications/" + foreign + "/").text()).isEqualTo(unknown);
        assertThat(api.post("/api/notifications/mark_all_read/", "{\"up_to\":" + foreign + "}")
                        .text())
                .isEqualTo(unknown);
    }

    @Test
    void deepPageShowsTheSameRowsAsOneLongList() {
        List<Long> delivered = deliver(60);
        Collections.reverse(delivered);
        List<Long> seen = new ArrayList<>();
        Answer page = api.get("/api/notifications/?page_size=7&is_read=false");
        seen.addAll(ids(page));
        while (!page.at("next").isNull()) {
            page = api.get(page.at("next").stringValue());
            seen.addAll(ids(page));
        }

        assertThat(seen).isEqualTo(delivered);
        assertThat(new HashSet<>(seen)).hasSize(60);
    }
}
