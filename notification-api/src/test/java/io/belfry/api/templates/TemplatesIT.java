package io.belfry.api.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestDatabase;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.contract.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class TemplatesIT {

    private static final String TEMPLATES = "/api/templates/";
    private static final String EMOJI = "\uD83D\uDE00";

    private final TestSystem system = TestSystem.shared();
    private final TestDatabase database = system.database();
    private final long course = TestSystem.newId();
    private final long instructor = TestSystem.newId();
    private final long student = TestSystem.newId();
    private final Api api = system.asUser(instructor);

    @BeforeEach
    void instruct() {
        database.course(course, instructor, student);
    }

    private static String named(String name) {
        return "{\"name\":\"" + name + "\",\"message\":\"m\"}";
    }

    private String add(Api owner, String name) {
        return TEMPLATES + owner.post(TEMPLATES, named(name)).is(201).number("id") + "/";
    }

    @Test
    void isKeptChangedAndDeleted() {
        Answer added = api.post(
                        TEMPLATES,
                        "{\"name\":\" Room change\\n\",\"title\":\"Moved\",\"message\":\"Room 12.\","
                                + "\"data\":{\"url\":\"/rooms/12\",\"label\":\"See the map\",\"n\":1.0}}")
                .is(201)
                .hasFields("id", "name", "notification_type", "title", "message", "data", "updated_at")
                .has("name", "Room change", "notification_type", "course_update", "title", "Moved")
                .has("message", "Room 12.", "data/label", "See the map", "data/n", 1.0);
        String one = String.valueOf(added.header("Location"));
        assertThat(one).isEqualTo(system.node().url() + TEMPLATES + added.number("id") + "/");
        assertThat(api.get(one).text()).isEqualTo(added.text());

        Answer changed = api.patch(one, "{\"title\":\"\",\"message\":null,\"data\":{}}");

        changed.has("name", "Room change", "title", "", "message", "Room 12.");
        assertThat(changed.at("data")).isEmpty();
        assertThat(changed.string("updated_at")).isGreaterThan(added.string("updated_at"));
        api.patch(one, "{\"notification_type\":\"announcement\",\"message\":\"Room 13.\"}")
                .has("notification_type", "announcement", "message", "Room 13.", "name", "Room change");
        assertThat(api.patch(one, "{}").is(200).has("message", "Room 13.").text())
                .contains(api.get(one).string("updated_at"));

        api.delete(one).is(204);
        api.delete(one).is("not_found");
        api.get(one).is("not_found");
        api.patch(one, "{}").is("not_found");
    }

    @Test
    void listHasAllByName() {
        api.get(TEMPLATES).has("count", 0, "next", null, "previous", null);
        for (String name : List.of("week 2", "Exam", "Week 1", "exam b")) {
            add(api, name);
        }

        api.get(TEMPLATES + "?page_size=1")
                .has("count", 4, "next", null, "results/0/name", "Exam", "results/1/name", "exam b")
                .has("results/2/name", "Week 1", "results/3/name", "week 2");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '#',
            delimiter = '|',
            value = {
                "{\"name\":\"\"} | name",
                "{\"name\":\" \\t\\u2003\"} | name",
                "{\"notification_type\":\"Message\"} | notification_type",
                "{\"message\":\"\"} | message",
                "{\"title\":5} | title",
                "{\"data\":[]} | data",
                "{\"data\":{\"url\":\"javascript:alert(1)\"}} | data.url",
                "{\"data\":{\"url\":\"https://evil.example/\"}} | data.url",
                "{\"data\":{\"label\":5}} | data.label",
                "{\"id\":1} | id"
            })
    void contentsAreCheckedAsASends(String change, String field) {
        String one = add(api, "n");
        api.patch(one, change).is("invalid_fields").has("errors/0/field", field);
        ObjectNode whole = (ObjectNode) Json.parse(named("o"));
        whole.setAll((ObjectNode) Json.parse(change));
        api.post(TEMPLATES, whole.toString()).is("invalid_fields").has("errors/0/field", field);
        api.get(one).has("name", "n", "title", "", "message", "m");
        api.get(TEMPLATES).has("count", 1);
    }

    @Test
    void newOneNeedsANameAndAMessage() {
        api.post(TEMPLATES, "{}")
                .is("invalid_fields")
                .has("errors/0/field", "name", "errors/0/message", "is required", "errors/1/field", "message");
        api.post(TEMPLATES, "{\"message\":\"" + "m".repeat(10_001) + "\",\"name\":\"n\"}")
                .is("invalid_fields");
    }

    @Test
    void nameHasAtMost80Characters() {
        add(api, "  " + EMOJI.repeat(80) + "  ");
        api.post(TEMPLATES, named(EMOJI.repeat(80) + "x")).is("invalid_fields").has("errors/0/field", "name");
    }

    @Test
    void nameIsItsOwnersOnlyOne() {
        Api other = system.admin();
        String one = add(api, "Exam");
        String second = add(api, "exam");
        add(other, "Exam");

        api.post(TEMPLATES, named(" Exam ")).is("template_name_taken");
        api.patch(second, "{\"name\":\"Exam\",\"message\":\"n\"}").is("template_name_taken");
        api.get(second).has("name", "exam", "message", "m");
        api.patch(one, "{\"name\":\"Exam\"}").is(200);
    }

    @Test
    void isForWhoMaySendToACourse() {
        String one = add(api, "n");
        for (Api caller : List.of(system.asUser(student), system.service("exams"), system.asUser(TestSystem.newId()))) {
            caller.get(TEMPLATES).is("forbidden");
            caller.post(TEMPLATES, "not looked at").is("forbidden");
            caller.get(one).is("forbidden");
            caller.patch(one, "{}").is("forbidden");
            caller.delete(one).is("forbidden");
        }
        system.anonymous().get(TEMPLATES).is("unauthorized");
        long colleague = TestSystem.newId();
        database.member(course, colleague, "instructor");
        for (Api caller : List.of(system.asUser(colleague), system.admin())) {
            caller.get(TEMPLATES).has("count", 0);
            caller.get(one).is("not_found");
            caller.patch(one, "{\"name\":\"Mine\"}").is("not_found");
            caller.delete(one).is("not_found");
        }
        api.get(one).has("name", "n");

        database.leave(course, instructor);

        api.get(one).is("forbidden");
    }

    @Test
    void fiftyAreKeptAndNotOneMore() {
        List<CompletableFuture<Answer>> calls = IntStream.range(0, 70)
                .mapToObj(i -> api.later("POST", TEMPLATES, named("n" + i)))
                .toList();

        List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> answer.is("too_many_templates"));
        Answer list = api.get(TEMPLATES).has("count", 50);
        assertThat(list.ids("results")).hasSize(50);
        api.patch(TEMPLATES + list.number("results/0/id"), "{\"title\":\"t\"}").is(200);
        api.delete(TEMPLATES + list.number("results/0/id")).is(204);
        add(api, "again");
        api.post(TEMPLATES, named("once more")).is("too_many_templates");
    }

    /** Another one's change that is not committed when this one begins. */
    @Test
    void changeLeavesWhatAnotherOneChanges() throws Exception {
        String one = add(api, "n");
        CompletableFuture<?>[] change = new CompletableFuture<?>[1];
        database.inTransaction("UPDATE message_template SET title = 'Theirs' WHERE user_id = " + instructor, () -> {
            change[0] = api.later("PATCH", one, "{\"message\":\"Ours\"}");
            await().until(() -> database.sql()
                            .sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .query(Integer.class)
                            .single()
                    > 0);
        });
        change[0].join();

        api.get(one).has("title", "Theirs", "message", "Ours");
    }
}
