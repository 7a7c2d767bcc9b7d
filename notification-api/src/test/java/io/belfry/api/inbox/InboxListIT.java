package io.belfry.api.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxListIT {

    private static final String LIST = "/api/notifications/";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long user = TestSystem.newId();
    private final Api api = system.asUser(user);

    /** Their ids, newest first. */
    private List<Long> deliver(int count) {
        List<Long> delivered = new ArrayList<>(database.deliver(user, Content.PLAIN, count));
        Collections.reverse(delivered);
        return delivered;
    }

    private Answer page(String query) {
        return api.get(LIST + "?" + query);
    }

    @Test
    void emptyInboxHasTheNumbersZero() {
        api.get(LIST).has("count", 0, "seq", 0, "unread", 0, "next", null);
    }

    @Test
    void showsASenderWhoIsErasedAsAFormerUser() {
        long sender = TestSystem.newId();
        database.sql()
                .sql("INSERT INTO erased_user (user_id) VALUES (?)")
                .param(sender)
                .update();
        database.deliver(user, new Content(sender, "message", "Title", "Text", "{}", null));

        api.get(LIST).has("results/0/sender", sender, "results/0/sender_name", "Former user");
    }

    @Test
    void showsEveryFieldOfANotification() {
        long sender = TestSystem.newId();
        database.person(sender, "Ines Costa");
        database.person(user, "Ana Lima");
        String data = "{\"b\":1e308,\"a\":[1.0,\"\\u202e\"],\"url\":\"/courses/42\"}";
        database.deliver(user, new Content(sender, "course_update", "<img onerror>", "Text", data, 42L));

        Answer page = api.get(LIST)
                .has("results/0/sender_name", "Ines Costa", "results/0/receiver", user)
                .has("results/0/receiver_name", "Ana Lima", "results/0/title", "<img onerror>")
                .has("results/0/course", 42, "results/0/read_at", null);

        assertThat(page.text()).contains("\"data\":" + data);
    }

    @Test
    void cursorShowsEveryRowOnceWhileOthersArrive() {
        List<Long> delivered = deliver(9);
        Answer page = page("page_size=2");
        List<Long> seen = page.ids("results");
        while (!page.at("next").isNull()) {
            deliver(1);
            page = api.get(page.string("next"));
            seen.addAll(page.ids("results"));
        }

        assertThat(seen).isEqualTo(delivered);
        assertThat(api.get(page.string("previous")).ids("results")).isEqualTo(delivered.subList(6, 8));
    }

    @Test
    void previousLeadsBackToThoseThatArrivedMeanwhile() {
        deliver(4);
        Answer second = api.get(page("page_size=2").string("next"));
        List<Long> newer = deliver(1);

        Answer first = api.get(second.string("previous"));
        Answer newest = api.get(first.string("previous")).has("previous", null);

        assertThat(first.ids("results")).hasSize(2);
        assertThat(newest.ids("results")).isEqualTo(newer);
    }

    @Test
    void pagesByNumberToo() {
        List<Long> delivered = deliver(5);

        assertThat(page("page=3&page_size=2").ids("results")).isEqualTo(delivered.subList(4, 5));
        assertThat(api.get(page("page=2&page_size=2").string("next")).ids("results"))
                .isEqualTo(delivered.subList(4, 5));
        page("page=4&page_size=2").is("not_found");
        page("page=9007199254740991").is("not_found");
    }

    @Test
    void filtersAndCountsWhatTheyLeave() {
        List<Long> delivered = deliver(3);
        database.deliver(user, Content.ofType("exam_result"));
        api.patch(LIST + delivered.get(0) + "/mark_read/");
        api.delete(LIST + delivered.get(1) + "/");

        api.get(LIST).has("count", 3);
        assertThat(page("is_read=true").has("count", 1).ids("results")).containsExactly(delivered.get(0));
        page("is_read=false").has("count", 2);
        page("notification_type=exam_result&is_read=false")
                .has("count", 1, "results/0/notification_type", "exam_result", "unread", 2);
    }

    @Test
    void showsOneCourseUnderThePresentTitle() {
        long course = TestSystem.newId();
        long other = TestSystem.newId();
        database.course(course, TestSystem.newId(), user);
        Content ofCourse = new Content(null, "course_update", "Title", "Text", "{}", course);
        List<Long> delivered = database.deliver(user, ofCourse, 3);
        database.deliver(user, Content.PLAIN);
        database.deliver(user, new Content(null, "course_update", "Title", "Text", "{}", other));
        database.deliver(TestSystem.newId(), ofCourse);
        api.patch(LIST + delivered.get(0) + "/mark_read/");
        database.sql()
                .sql("UPDATE course SET title = 'Analysis' WHERE id = ?")
                .param(course)
                .update();

        Answer page = page("course=" + course + "&page_size=2").has("count", 3, "results/0/course_title", "Analysis");
        List<Long> seen = page.ids("results");
        String next = page.string("next");
        seen.addAll(api.get(next).ids("results"));
        Collections.reverse(delivered);
        assertThat(seen).isEqualTo(delivered);
        page("course=" + course + "&is_read=false&notification_type=course_update")
                .has("count", 2);
        page("course=" + other).has("count", 1, "results/0/course_title", null);
        page("course=").has("count", 5);
        api.get(next.replace("course=" + course, "course=" + other)).is("invalid_fields");
        api.get("/api/courses/").has("results/0/id", course, "results/0/unread", 2);
        api.delete(LIST + delivered.get(0) + "/");
        api.get("/api/courses/" + course + "/").has("unread", 1);
    }

    @Test
    void cursorKeepsItsFiltersAndItsUser() {
        for (int i = 0; i < 3; i++) {
            database.deliver(user, Content.ofType("exam_result"));
            database.deliver(user, Content.ofType("message"));
        }
        String next = page("notification_type=exam_result&page_size=2").string("next");

        api.get(next).has("results/0/notification_type", "exam_result");
        api.get(next.replace("exam_result", "message")).is("invalid_fields");
        system.asUser(TestSystem.newId()).get(next).is("invalid_fields");
    }

    /** What a number is, is KeysetSliceTest's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page_size=-1",
                "cursor=x",
                "page=1&cursor=AAAA",
                "is_read=1",
                "is_read=yes",
                "notification_type=exam_results",
                "notification_type=MESSAGE",
                "course=0",
                "course=+1",
                "course=x",
                "page=1&page=2"
            })
    void badParametersAreNamed(String query) {
        page(query).is("invalid_fields").has("errors/0/field", query.split("=")[0]);
    }

    @Test
    void whatBelongsToOthersDoesNotExist() {
        String foreign = LIST + database.deliver(TestSystem.newId()) + "/";
        String unknown = api.get(LIST + "9007199254740991/").is("not_found").text();

        assertThat(List.of(
                        api.get(foreign).text(),
                        api.patch(foreign + "mark_read/").text(),
                        api.patch(foreign + "mark_unread/").text(),
                        api.delete(foreign).text(),
                        api.post(LIST + "mark_all_read/", "{\"up_to\":" + foreign.replaceAll("\\D", "") + "}")
                                .text()))
                .containsOnly(unknown);
    }
}
