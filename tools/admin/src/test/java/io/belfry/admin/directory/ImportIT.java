package io.belfry.admin.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.admin.AdminSettings;
import io.belfry.admin.Outcome;
import io.belfry.admin.Schema;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.PlatformRecords;
import io.belfry.kit.kafka.TopicReader;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.belfry.runtime.kafka.KafkaAccess;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportIT {

    private static final String HEADING = "course_id,course_title,user_id,user_name,role\n";
    private static final String ALGEBRA = "42,Algebra,3,Ines Costa,instructor\n42,Algebra,7,Ana Lima,student\n";

    private final PlatformRecords records = new PlatformRecords(new EventCodec());
    private final Infrastructure servers = TestServers.shared();
    private final KafkaAccess kafka = KafkaAccess.plain(servers.kafka().bootstrapServers());
    private final Topics topics = new Topics("import" + System.nanoTime() + ".");

    @TempDir
    private Path folder;

    @BeforeEach
    void createTopics() throws Exception {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.createTopics(topics.platform().stream()
                            .map(topic ->
                                    new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")))
                            .toList())
                    .all()
                    .get();
        }
    }

    @Test
    void secondRunWritesNothing() throws Exception {
        String school = "\ufeff" + HEADING + ALGEBRA + "43,\"Logic, \"\"old\"\"\",7,Ana Lima,student\r\n"
                + ",,9,Zoë 👩‍🏫 O'Neil,\n44,Empty,,,\n,,,,\n\n";

        Outcome first = run(school);

        assertThat(first.errors()).isEmpty();
        assertThat(first.output()).endsWith("Written: users: 3, courses: 3, members: 3, leaving: 0\n");
        assertThat(users()).containsExactly("3 Ines Costa", "7 Ana Lima", "9 Zoë 👩‍🏫 O'Neil");
        assertThat(courses()).containsExactly("42 Algebra", "43 Logic, \"old\"", "44 Empty");
        assertThat(members()).containsExactly("42:3 instructor", "42:7 student", "43:7 student");

        Outcome second = run(school);

        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).endsWith("Nothing to write: the topics say all of it\n");
        assertThat(read(topics.users())).hasSize(3);
        assertThat(read(topics.courses())).hasSize(3);
        assertThat(read(topics.members())).hasSize(3);
    }

    @Test
    void spreadsheetsOfEuropeAreRead() throws Exception {

        Outcome outcome =
                run("role;user_id;user_name;course_id;course_title;room\r\nstudent; 7;Lima, Ana;42;Algebra;12\r\n");

        assertThat(outcome.errors()).isEmpty();
        assertThat(users()).containsExactly("7 Lima, Ana");
        assertThat(members()).containsExactly("42:7 student");
    }

    @Test
    void whoeverTheFileDoesNotHaveLeavesItsCoursesAndNoOthers() throws Exception {
        String others = "50,History,57,Ana Lima,student\n50,History,58,Ben Ode,student\n";
        run(HEADING + students(42, 1, 20) + others);

        Outcome dryRun = run(HEADING + students(42, 3, 20) + "42,Algebra II,1,Student 1,instructor\n", "--dry-run");

        assertThat(dryRun.errors()).as("one title a course").contains("1 wrong, as listed");

        String changed = HEADING + students(42, 3, 20) + "42,Course 42,1,Student 1,instructor\n,,2,Renamed,\n";
        Outcome dry = run(changed, "--dry-run");

        assertThat(dry.output()).endsWith("""
                user 2 "Renamed", was "Student 2"
                member 42:1 instructor, was "student"
                member 42:2 leaves
                A dry run: nothing is written. To write: users: 1, courses: 0, members: 1, leaving: 1
                """);
        assertThat(read(topics.members())).hasSize(22);

        assertThat(run(changed).output()).endsWith("Written: users: 1, courses: 0, members: 1, leaving: 1\n");
        assertThat(members())
                .hasSize(21)
                .contains("42:1 instructor", "50:57 student", "50:58 student")
                .doesNotContain("42:2 student");
        assertThat(users()).as("leaving erases no one").contains("2 Renamed");
    }

    @Test
    void moreThanATenthLeavingStopsAllOfIt() throws Exception {
        run(HEADING + students(42, 1, 20) + students(43, 1, 10) + students(44, 1, 10));
        String fewer = HEADING + students(42, 4, 20) + students(43, 3, 10) + students(44, 2, 10) + ",,99,New,\n";

        for (String[] options :
                List.of(new String[] {}, new String[] {"--approve", "43,44"}, new String[] {"--dry-run"})) {
            Outcome refused = run(fewer, options);

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("course 42: 3 of 20 members leave\n")
                    .doesNotContain("course 44:");
            assertThat(refused.errors()).hasLineCount(1).contains("nothing is written", "--approve 42");
        }
        assertThat(read(topics.members())).hasSize(40);
        assertThat(users()).doesNotContain("99 New");

        assertThat(run(fewer, "--approve", "42,43").output())
                .endsWith("users: 1, courses: 0, members: 0, leaving: 6\n");
        assertThat(members()).hasSize(34);
        assertThat(run(HEADING + "44,Course 44,,,\n", "--approve", "all").exitCode())
                .isZero();
        assertThat(members()).hasSize(25);
    }

    @Test
    void eachWrongRowIsNamedAndNothingIsWritten() throws Exception {

        Outcome outcome = run(HEADING
                + ALGEBRA
                + "42,Algebra,7,Ana Lima,instructor\n"
                + "42,Algebra,08,Ben,student\n"
                + "42,Algebra,8.0,Ben,student\n"
                + "42,Algebra,9007199254740992,Ben,student\n"
                + "42,Algebra,8,,student\n"
                + "42,,8,Ben,student\n"
                + "42,Algebra,8,Ben,teacher\n"
                + "42,Algebra,7,Anna,student\n"
                + ",,8,Ben,student\n"
                + "42,Algebra,8,\"Ben\nOde\",student\n"
                + "42,Algebra,8,Ben\n"
                + "42,Algebra,8," + "x".repeat(1_001) + ",student\n"
                + ",Algebra,10,\u001b[2J,\n");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).hasLineCount(1).contains("13 wrong, as listed; nothing is written");
        assertThat(outcome.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("line 4: user 7 stands in course 42 before"),
                        line -> assertThat(line).isEqualTo("line 5: user_id is a whole number from 1, not \"08\""),
                        line -> assertThat(line).startsWith("line 6: user_id"),
                        line -> assertThat(line).isEqualTo("line 7: user_id must be from 1 to 2^53 - 1"),
                        line -> assertThat(line).isEqualTo("line 8: user_name must not be empty"),
                        line -> assertThat(line).isEqualTo("line 9: course_title must not be empty"),
                        line -> assertThat(line).isEqualTo("line 10: role is student or instructor, not \"teacher\""),
                        line -> assertThat(line).startsWith("line 11: user 7 is called \"Ana Lima\" before"),
                        line -> assertThat(line).isEqualTo("line 12: a role without a course and a user"),
                        line -> assertThat(line).startsWith("line 13: user_name has a line break"),
                        line -> assertThat(line).isEqualTo("line 15: 4 columns, the first line has 5"),
                        line -> assertThat(line).isEqualTo("line 16: user_name must have at most 1000 characters"),
                        line -> assertThat(line)
                                .startsWith("line 17: user_name has a line break or")
                                .doesNotContain("\u001b"));
        assertThat(read(topics.users())).isEmpty();
        assertThat(read(topics.courses())).isEmpty();
        assertThat(read(topics.members())).isEmpty();
    }

    @Test
    void whatIsNoSuchFileIsSaidInOneLine() throws Exception {
        assertThat(run("").errors()).contains("it is empty").hasLineCount(1);
        assertThat(run("id,name\n7,Ana\n").errors())
                .contains("no course_id, course_title, user_id, user_name, role;")
                .hasLineCount(1);
        assertThat(run(HEADING + "42,\"Alge\"bra,7,Ana,student\n").output()).contains("line 1, and all that follows:");
        assertThat(run(HEADING + "42,Algebra,7,\"Ana,student\n" + ALGEBRA).exitCode())
                .as("a quote left open")
                .isEqualTo(1);
        assertThat(run(HEADING + ",,7,Zoë,\n", StandardCharsets.ISO_8859_1).errors())
                .contains("not UTF-8")
                .hasLineCount(1);
        assertThat(run(HEADING + ",,7,Zoë,\n", StandardCharsets.UTF_16).errors())
                .contains("not UTF-8")
                .hasLineCount(1);
        assertThat(Outcome.of(settings(""), "import", folder.resolve("none.csv").toString())
                        .errors())
                .contains("none.csv cannot be read")
                .hasLineCount(1);
        assertThat(read(topics.users())).isEmpty();
    }

    @Test
    void aRecordThatNobodyCanReadIsWrittenAnewOrTakenBack() throws Exception {
        run(HEADING + students(42, 1, 20));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String key : List.of("42:1", "42:2", "nonsense")) {
                producer.send(new ProducerRecord<>(
                                topics.members(),
                                key.getBytes(StandardCharsets.UTF_8),
                                "{}".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }

        assertThat(run(HEADING + students(42, 2, 20)).output()).endsWith("members: 1, leaving: 1\n");
        assertThat(run(HEADING + students(42, 2, 20)).output()).contains("Nothing to write");
    }

    @Test
    void whatIsWrittenStandsInTheAuditLogOnce() throws Exception {
        Files.writeString(folder.resolve("school.csv"), HEADING + ALGEBRA);
        String[] words = {"import", folder.resolve("school.csv").toString()};

        Outcome refused = Outcome.of(settings("jdbc:postgresql://127.0.0.1:1/none"), words);

        assertThat(refused.errors()).contains("--unaudited").hasLineCount(1);
        assertThat(read(topics.users())).isEmpty();

        String url = servers.postgres().createDatabase();
        Schema.create(url, servers.postgres().user());
        assertThat(Outcome.of(settings(url), words).exitCode()).isZero();
        assertThat(Outcome.of(settings(url), words).exitCode()).isZero();

        assertThat(Outcome.of(settings(url), "audit", "--action", "import").output())
                .hasLineCount(1)
                .contains("  import  school.csv users: 2, courses: 1, members: 2, leaving: 0  ");
    }

    @Test
    void topicsThatAreMissingAreNotMade() throws Exception {
        Files.writeString(folder.resolve("school.csv"), HEADING + ALGEBRA);
        AdminSettings elsewhere = new AdminSettings(kafka, new Topics("none."), "", "", "");

        Outcome outcome =
                Outcome.of(elsewhere, "import", folder.resolve("school.csv").toString(), "--unaudited");

        assertThat(outcome.errors())
                .contains("there is no topic none.platform.users")
                .hasLineCount(1);
    }

    private static String students(int course, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(user -> course + ",Course " + course + "," + user + ",Student " + user + ",student\n")
                .collect(Collectors.joining());
    }

    private Outcome run(String csv, String... options) throws Exception {
        return run(csv, StandardCharsets.UTF_8, options);
    }

    private Outcome run(String csv, Charset charset, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("school.csv"), csv, charset);
        List<String> words = new ArrayList<>(List.of("import", file.toString(), "--unaudited"));
        words.addAll(List.of(options));
        return Outcome.of(settings(""), words.toArray(String[]::new));
    }

    private AdminSettings settings(String databaseUrl) {
        return new AdminSettings(kafka, topics, databaseUrl, servers.postgres().user(), "");
    }

    /** As the persister understands the topics. */
    private List<String> users() {
        School now = new School();
        read(topics.users()).stream()
                .map(records::user)
                .forEach(user -> user.value()
                        .ifPresentOrElse(
                                value -> now.users().put(user.id(), value.name()),
                                () -> now.users().remove(user.id())));
        return lines(now.users());
    }

    private List<String> courses() {
        School now = new School();
        read(topics.courses()).stream()
                .map(records::course)
                .forEach(course ->
                        course.value().ifPresent(value -> now.courses().put(course.id(), value.title())));
        return lines(now.courses());
    }

    private List<String> members() {
        School now = new School();
        read(topics.members()).stream()
                .map(records::member)
                .forEach(member -> member.role()
                        .ifPresentOrElse(
                                role -> now.membersOf(member.course()).put(member.user(), role.wireName()),
                                () -> now.membersOf(member.course()).remove(member.user())));
        return now.members().entrySet().stream()
                .flatMap(course -> lines(course.getValue()).stream().map(member -> course.getKey() + ":" + member))
                .toList();
    }

    private static List<String> lines(Map<Long, String> named) {
        return named.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (TopicReader reader = new TopicReader(servers.kafka().bootstrapServers(), topic)) {
            return reader.readOn();
        }
    }
}
