package io.belfry.localstack.system;

import io.belfry.events.EventId;
import io.belfry.events.names.Topics;
import io.belfry.events.platform.CourseMember;
import io.belfry.events.platform.PlatformCourse;
import io.belfry.events.platform.PlatformUser;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.localstack.process.ProcessFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A small school, told by the events that a platform would publish: two courses, two instructors, 31 students. The
 * numbers of those who can sign in are known to the api's demo mode.
 */
public final class DemoSchool {

    private static final long ALGEBRA = 1;
    private static final long HISTORY = 2;

    private static final long INES = 2;
    private static final long OMAR = 3;
    private static final long ANA = 4;
    private static final long BRUNO = 5;
    private static final long CHEN = 6;

    private static final long FIRST_CLASSMATE = 101;

    private static final List<String> CLASSMATES = List.of("""
            Aisha Bello, Amara Okafor, Anton Weber, Beatriz Nunes, Clara Hoffmann, Daniel Novak, Elena Petrova,
            Emil Larsen, Farid Haddad, Freya Lindqvist, Giulia Romano, Hana Sato, Ivan Kovac, Jonas Meier,
            Julia Nowak, Karim Benali, Laila Rahman, Leo Martin, Lucia Fernandez, Mateo Alvarez, Mei Tanaka,
            Nadia Ivanova, Noah Dubois, Olivia Byrne, Priya Sharma, Samuel Adeyemi, Sofia Rossi, Tomas Svoboda""".split(",\\s+"));

    private static final EventCodec CODEC = new EventCodec();

    private DemoSchool() {}

    /** How many students course 1 has. */
    public static int studentsOfFirstCourse() {
        return CLASSMATES.size() + 2;
    }

    /**
     * Publishes all of it and waits for the acknowledgements. The topics exist. Saying it again changes nothing.
     *
     * @param topicPrefix as the services have it
     */
    public static void publish(String bootstrapServers, String topicPrefix) throws InterruptedException {
        Topics topics = new Topics(topicPrefix);
        Stream<ProducerRecord<byte[], byte[]>> all = Stream.of(
                        users().map(user -> record(topics.users(), user.key(), EventType.PLATFORM_USER, user)),
                        courses().map(each -> record(topics.courses(), each.key(), EventType.PLATFORM_COURSE, each)),
                        members().map(each -> record(topics.members(), each.key(), EventType.COURSE_MEMBER, each)))
                .flatMap(records -> records);
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                // KAFKA-15591: of a topic that has just been made, the first of several in flight can be lost.
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Future<?> sent : all.map(producer::send).toList()) {
                sent.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new ProcessFailedException("the demo school cannot be published: " + e.getMessage(), e);
        }
    }

    private static <T> ProducerRecord<byte[], byte[]> record(String topic, String key, EventType<T> type, T data) {
        EventId id = new EventId("/demo-school", UUID.randomUUID().toString());
        return CODEC.encode(topic, key.getBytes(StandardCharsets.UTF_8), null, Event.of(id, type, Instant.now(), data));
    }

    private static Stream<PlatformUser> users() {
        Stream<PlatformUser> known = Stream.of(
                new PlatformUser(1L, "Root"),
                new PlatformUser(INES, "Ines Costa"),
                new PlatformUser(OMAR, "Omar Diallo"),
                new PlatformUser(ANA, "Ana Lima"),
                new PlatformUser(BRUNO, "Bruno Silva"),
                new PlatformUser(CHEN, "Chen Wei"));
        return Stream.concat(
                known,
                IntStream.range(0, CLASSMATES.size())
                        .mapToObj(i -> new PlatformUser(FIRST_CLASSMATE + i, CLASSMATES.get(i))));
    }

    private static Stream<PlatformCourse> courses() {
        return Stream.of(new PlatformCourse(ALGEBRA, "Algebra"), new PlatformCourse(HISTORY, "Modern History"));
    }

    private static Stream<CourseMember> members() {
        LongStream classmates = LongStream.range(FIRST_CLASSMATE, FIRST_CLASSMATE + CLASSMATES.size());
        Stream<CourseMember> algebra = LongStream.concat(LongStream.of(ANA, BRUNO), classmates)
                .mapToObj(student -> new CourseMember(ALGEBRA, student, CourseMember.Role.STUDENT));
        return Stream.concat(
                algebra,
                Stream.of(
                        new CourseMember(ALGEBRA, INES, CourseMember.Role.INSTRUCTOR),
                        new CourseMember(HISTORY, OMAR, CourseMember.Role.INSTRUCTOR),
                        new CourseMember(HISTORY, CHEN, CourseMember.Role.STUDENT)));
    }
}
