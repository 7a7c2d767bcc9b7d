package io.belfry.persister.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.EventCodec;
import io.belfry.events.EventId;
import io.belfry.events.EventType;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationRequested;
import io.belfry.persister.announce.Announcer;
import io.belfry.persister.deadletter.DeadLetters;
import io.belfry.persister.failure.Patience;
import io.belfry.persister.failure.Served;
import io.belfry.persister.fanout.RestRequests;
import io.belfry.persister.fanout.StoredEntries;
import io.belfry.persister.kafka.Outbox;
import io.belfry.persister.kafka.TopicListener;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import io.belfry.persister.support.TestDatabase;
import io.belfry.persister.support.Wire;
import io.belfry.persister.support.Wire.Delivered;
import io.belfry.runtime.settings.Failpoints;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is committed, announced again and sought back to, with a broker that fails at will and a real database. */
class RequestListenerIT extends PersisterTest {

    private static final AtomicLong NEXT = new AtomicLong(1_000);

    private final TopicPartition partition =
            new TopicPartition(installation.topics().requested(), 0);
    private final EventCodec codec = new EventCodec();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private TestDatabase database;
    private MockProducer<byte[], byte[]> producer;
    private MockConsumer<byte[], byte[]> consumer;
    private boolean directoryIsCaughtUp = true;
    private BooleanSupplier stopping = () -> false;

    @BeforeAll
    void open() {
        installation.migrated();
        database = new TestDatabase(installation.settings());
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void connect() {
        producer = producer(true);
        consumer = new MockConsumer<>("earliest");
        consumer.assign(List.of(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.seek(partition, 0);
        records.clear();
    }

    @Test
    void commitsOnlyWhatIsAcknowledged() {
        long user = NEXT.incrementAndGet();
        add(Requests.toUsers("hello", user));
        TopicListener beforeTheCrash = listener(producer(false));
        assertThatThrownBy(() -> beforeTheCrash.onRecords(records, consumer)).isInstanceOf(KafkaException.class);
        assertThat(seq(user)).as("stored, and nobody told").isEqualTo(1);
        assertThat(committed()).isZero();

        listener(producer).onRecords(records, consumer);
        assertThat(announced()).containsExactly(new Delivered(notification(user), user, 1, 1));
        assertThat(seq(user)).isEqualTo(1);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void announcesAWholeCourseThatWasCutOffBetweenChunks() {
        List<Long> students = students(3_500);
        add(Requests.toCourse("to all", courseOf(students)));
        // Dies when the first chunk is on its way and the second one is stored.
        TopicListener beforeTheCrash = listener(producer(false));
        assertThatThrownBy(() -> beforeTheCrash.onRecords(records, consumer)).isInstanceOf(KafkaException.class);
        assertThat(entries(students)).isEqualTo(2_000);
        // One who has it deletes it meanwhile, and leaves.
        jdbc.sql("SELECT * FROM inbox_delete(?, ?)")
                .params(students.get(5), notification(students.get(5)))
                .query()
                .singleRow();
        jdbc.sql("DELETE FROM course_member WHERE user_id IN (?, ?)")
                .params(students.get(5), students.get(3_000))
                .update();

        listener(producer).onRecords(records, consumer);
        List<Long> expected = new ArrayList<>(students);
        expected.remove(students.get(3_000));
        assertThat(announced()).extracting(Delivered::user).containsExactlyElementsOf(expected);
        assertThat(announced()).allMatch(one -> one.seq() == 1 && one.unread() == 1);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void endsASliceInTimeAndGoesOnWithTheNextWithoutRepeatingItself() {
        List<Long> students = students(4_500);
        long before = NEXT.incrementAndGet();
        long after = NEXT.incrementAndGet();
        add(Requests.toUsers("before", before));
        add(Requests.toCourse("to all", courseOf(students)));
        add(Requests.toUsers("after", after));
        stopping = () -> entries(students) % 2_000 == 0 && entries(students) > 0;
        TopicListener listener = listener(producer);

        listener.onRecords(records, consumer);
        assertThat(entries(students)).isEqualTo(2_000);
        assertThat(committed()).isEqualTo(1);
        assertThat(consumer.position(partition)).as("sought back to the course").isEqualTo(1);
        assertThat(seqOrZero(after)).isZero();

        // Each slice does one transaction at least, so it gets ahead however late it is.
        for (int slice = 0; slice < 3 && committed() < 3; slice++) {
            listener.onRecords(records.subList(1, 3), consumer);
        }
        assertThat(committed()).isEqualTo(3);
        assertThat(seq(after)).isEqualTo(1);
        assertThat(announced())
                .extracting(Delivered::user)
                .filteredOn(students::contains)
                .as("each once: what a slice announced, the next does not")
                .containsExactlyElementsOf(students);
    }

    @Test
    void letsACourseAndItsSuccessorsWaitForTheDirectory() {
        long first = NEXT.incrementAndGet();
        add(Requests.toUsers("before", first));
        add(Requests.toCourse("to all", courseOf(students(3))));
        directoryIsCaughtUp = false;
        TopicListener listener = listener(producer);
        listener.onRecords(records, consumer);
        assertThat(committed()).isEqualTo(1);
        assertThat(consumer.position(partition)).isEqualTo(1);

        directoryIsCaughtUp = true;
        listener.onRecords(records.subList(1, 2), consumer);
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void leavesPartitionsAloneThatAreNoLongerItsOwn() {
        long user = NEXT.incrementAndGet();
        add(Requests.toUsers("hello", user));
        consumer.assign(List.of(new TopicPartition(partition.topic(), 1)));
        listener(producer).onRecords(records, consumer);
        assertThat(seqOrZero(user)).isZero();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void setsPoisonAsideOnlyOnceItsNeighboursAreStored() {
        long user = NEXT.incrementAndGet();
        records.add(new ConsumerRecord<>(partition.topic(), 0, 0, null, new byte[] {1}));
        add(Requests.toUsers("hello", user));
        TopicListener beforeTheCrash = listener(producer(false));
        assertThatThrownBy(() -> beforeTheCrash.onRecords(records, consumer)).isInstanceOf(KafkaException.class);
        listener(producer).onRecords(records, consumer);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly(
                        installation.topics().stored(), installation.topics().requested() + ".dlt");
        assertThat(committed()).isEqualTo(2);
    }

    private TopicListener listener(MockProducer<byte[], byte[]> producer) {
        Served served = new Served();
        RestRequests restRequests = new RestRequests(database.jdbc());
        PersisterMetrics metrics = new PersisterMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
        return new RequestListeners(
                        codec,
                        LinkHosts.NONE,
                        database.writer(),
                        new StoredEntries(database.jdbc()),
                        restRequests,
                        new Announcer(codec, installation.topics(), Clock.systemUTC()),
                        new DeadLetters(() -> producer, metrics),
                        limit -> directoryIsCaughtUp,
                        served,
                        () -> new Patience(Duration.ofMinutes(5), served, Clock.systemUTC()),
                        metrics,
                        Failpoints.NONE)
                .create(new Outbox(() -> producer), () -> stopping.getAsBoolean());
    }

    /** @param acknowledges else each send fails as it does when the broker is gone */
    private MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        Node node = new Node(0, "nowhere", 1);
        List<PartitionInfo> partitions = List.of(
                new PartitionInfo(installation.topics().stored(), 0, node, new Node[] {node}, new Node[] {node}),
                new PartitionInfo(installation.topics().stored(), 1, node, new Node[] {node}, new Node[] {node}));
        Cluster cluster = new Cluster("cluster", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
        if (acknowledges) {
            return new MockProducer<>(cluster, true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return new MockProducer<>(cluster, false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized java.util.concurrent.Future<org.apache.kafka.clients.producer.RecordMetadata> send(
                    ProducerRecord<byte[], byte[]> record) {
                var sent = super.send(record);
                errorNext(new TimeoutException("the broker is gone"));
                return sent;
            }
        };
    }

    private void add(NotificationRequested request) {
        EventId id = new EventId("/tests", "r" + NEXT.incrementAndGet());
        ProducerRecord<byte[], byte[]> record =
                installation.record(partition.topic(), null, id, EventType.NOTIFICATION_REQUESTED, request);
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>(partition.topic(), 0, records.size(), null, record.value());
        Arrays.stream(record.headers().toArray()).forEach(read.headers()::add);
        records.add(read);
    }

    private List<Delivered> announced() {
        return Wire.delivered(producer.history().stream()
                .filter(record -> record.topic().equals(installation.topics().stored()))
                .map(record ->
                        new ConsumerRecord<>(record.topic(), record.partition(), 0, record.key(), record.value()))
                .toList());
    }

    private long committed() {
        OffsetAndMetadata offset =
                consumer.committed(java.util.Set.of(partition)).get(partition);
        return offset == null ? 0 : offset.offset();
    }

    private static List<Long> students(int count) {
        long first = NEXT.getAndAdd(count) + 1;
        return LongStream.range(first, first + count).boxed().toList();
    }

    private long courseOf(List<Long> students) {
        long course = NEXT.incrementAndGet();
        jdbc.sql("INSERT INTO course (id, title) VALUES (?, 'A course')")
                .param(course)
                .update();
        jdbc.sql("INSERT INTO course_member SELECT ?, u, 'student' FROM unnest(?::bigint[]) u")
                .param(course)
                .param(students.toArray(Long[]::new))
                .update();
        return course;
    }

    private long entries(List<Long> users) {
        return jdbc.sql("SELECT count(*) FROM inbox_entry WHERE user_id = ANY (?)")
                .param(users.toArray(Long[]::new))
                .query(Long.class)
                .single();
    }

    private long notification(long user) {
        return jdbc.sql("SELECT notification_id FROM inbox_entry WHERE user_id = ?")
                .param(user)
                .query(Long.class)
                .single();
    }

    private long seq(long user) {
        return jdbc.sql("SELECT seq FROM inbox WHERE user_id = ?")
                .param(user)
                .query(Long.class)
                .single();
    }

    private long seqOrZero(long user) {
        return jdbc.sql("SELECT seq FROM inbox WHERE user_id = ?")
                .param(user)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
