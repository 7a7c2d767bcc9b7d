package io.belfry.api.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestDatabase.Content;
import io.belfry.api.support.TestSystem;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportIT {

    private static final String REQUESTS = "/api/notification-requests/";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long student = TestSystem.newId();
    private final Api sender = system.asUser(instructor);
    private String id;

    @BeforeEach
    void send() {
        database.course(course, instructor, student);
        id = sender.post("/api/courses/" + course + "/notify-students/", "{\"message\":\"m\"}")
                .string("request_id");
    }

    /** To the student; returns the notification. */
    private long store() {
        long notification = database.deliver(student, new Content(null, "course_update", "Room", "B12", "{}", course));
        database.stored(id, notification);
        return notification;
    }

    private String list() {
        return REQUESTS + id + "/recipients/";
    }

    private String file() {
        return REQUESTS + id + "/recipients.csv";
    }

    @Test
    void tellsWhoHasReadIt() {
        long other = TestSystem.newId();
        database.person(student, "=HYPERLINK(\"x\")");
        sender.get(list()).has("count", 0);
        long notification = store();
        database.deliverAlso(notification, other);
        system.asUser(student).patch("/api/notifications/" + notification + "/mark_read/");

        Answer first = sender.get(list() + "?page_size=1").has("count", 2, "results/0/user", Math.min(student, other));
        Answer second = sender.get(first.string("next")).has("results/0/user", Math.max(student, other), "next", null);
        sender.get(second.string("previous")).has("results/0/user", Math.min(student, other));
        sender.get(list() + "?state=read")
                .has("count", 1, "results/0/user", student, "results/0/read", true)
                .has("results/0/name", "=HYPERLINK(\"x\")");
        sender.get(list() + "?state=unread")
                .has("count", 1, "results/0/user", other, "results/0/read_at", null, "results/0/name", null);
        sender.get(list() + "?state=seen").is("invalid_fields");
        sender.get(first.string("next") + "&state=read").is("invalid_fields");
        system.asUser(student).get(list()).is("not_found");

        Answer file = sender.get(file()).is(200);
        assertThat(file.header("Content-Type")).startsWith("text/csv");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"recipients.csv\"");
        assertThat(file.text())
                .contains("\uFEFFname,read,read_at\r\n", "\"'=HYPERLINK(\"\"x\"\")\",yes,20", "\"\",no,\r\n");
        assertThat(file.text().lines()).hasSize(3);
        system.asUser(student).get(file()).is("not_found");
    }

    @Test
    void namesAreForWhoInstructsTheCourseNow() {
        store();
        long colleague = TestSystem.newId();
        database.member(course, colleague, "instructor");
        Api other = system.asUser(colleague);
        for (String path : List.of(list(), file())) {
            other.get(path).is(200);
            system.admin().get(path).is(200);
            system.service("exams").get(path).is("not_found");
        }
        assertThat(database.sql()
                        .sql("SELECT count(*) FROM audit_log WHERE action = 'read' AND object = ?")
                        .param("request:" + id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);

        database.leave(course, colleague);

        other.get(list()).is("not_found");
        other.get(file()).is("not_found");
    }

    /** It was received, and it was read before. */
    @Test
    void whoDeletedItIsStillNamed() {
        long notification = store();
        Api reader = system.asUser(student);
        reader.patch("/api/notifications/" + notification + "/mark_read/").is(200);
        reader.delete("/api/notifications/" + notification + "/").is(204);

        sender.get(list()).has("count", 1, "results/0/user", student, "results/0/read", true);
        assertThat(sender.get(file()).text().lines()).hasSize(2);
    }

    @Test
    void fileGoesOnBeyondWhatIsReadAtOnce() {
        long notification = store();
        long[] others = LongStream.generate(TestSystem::newId).limit(999).toArray();
        database.deliverAlso(notification, others);
        assertThat(sender.get(file()).text().lines()).hasSize(1 + 1_000);

        long last = TestSystem.newId();
        database.deliverAlso(notification, last);
        database.person(others[998], "Before");
        database.person(last, "Behind");

        List<String> lines = sender.get(file()).text().lines().toList();
        assertThat(lines).hasSize(1 + 1_001).endsWith("\"Before\",no,", "\"Behind\",no,");
    }

    @Test
    void cursorOfAnotherMakeIsRefused() {
        database.deliverAlso(store(), TestSystem.newId());
        String next = sender.get(list() + "?page_size=1").string("next");
        int at = next.indexOf("cursor=") + 7;
        byte[] cursor = Base64.getUrlDecoder().decode(next.substring(at));

        for (int i : new int[] {0, 1, cursor.length - 1}) { // its direction, its key's sign, its list
            byte[] altered = cursor.clone();
            altered[i] ^= (byte) 0x80;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            sender.get(next.substring(0, at) + text).is("invalid_fields");
        }
        sender.get(next.substring(0, next.length() - 1)).is("invalid_fields");
    }

    /** The others wait for the names, in vain; then there is room again. */
    @Test
    void fourFilesAreWrittenAtOnce() throws Exception {
        store();
        database.inTransaction("LOCK TABLE platform_user", () -> {
            List<CompletableFuture<Answer>> calls = IntStream.range(0, 5)
                    .mapToObj(call -> sender.later("GET", file(), null))
                    .toList();

            assertThat(calls.stream().map(CompletableFuture::join))
                    .extracting(answer -> answer.is("unavailable").header("Retry-After"))
                    .containsExactlyInAnyOrder("10", "1", "1", "1", "1");
        });

        sender.get(file()).is(200);
    }

    @Test
    void tellsCountsAloneIfTheInstallationSaysSo() {
        long notification = store();
        system.asUser(student)
                .patch("/api/notifications/" + notification + "/mark_read/")
                .is(200);
        Map<String, String> environment = new HashMap<>(system.environment());
        environment.put("BELFRY_REPORT", "counts");
        try (ApiNode node = ApiNode.start(environment)) {
            Api told = node.as(TestSystem.TOKENS.user(instructor));

            told.get("/api/me/").has("read_report", "counts");
            told.get(REQUESTS + id).has("read", 1);
            told.get(list()).is("not_found");
            told.get(file()).is("not_found");
        }
    }
}
