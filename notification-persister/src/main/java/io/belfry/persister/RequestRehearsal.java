package io.belfry.persister;

import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.Ids;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.fanout.AnnouncedSoFar;
import io.belfry.persister.fanout.RequestHandler;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.Handler.Decoded;
import io.belfry.persister.pipeline.Slice;
import io.belfry.persister.startup.StartUp;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A request that goes the way of all others before the first of them comes, so that its sender does not wait for classes to
 * be loaded: decoded, written in a transaction that is rolled back, with the course that it is for and its student, announced
 * to no broker, counted nowhere. What stays is a gap in the numbers of notifications.
 */
final class RequestRehearsal implements StartUp.Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(RequestRehearsal.class);

    /** No platform's: no other transaction waits for this inbox, or meets this course. */
    private static final long STUDENT = Ids.MAX;

    private static final long COURSE = Ids.MAX;

    private final EventCodec codec;
    private final Topics topics;
    private final RequestHandler handler;

    RequestRehearsal(
            EventCodec codec, Topics topics, TransactionOperations transactions, JdbcClient jdbc, Clock clock) {
        this.codec = codec;
        this.topics = topics;
        Producer<byte[], byte[]> nowhere = nowhere(topics.stored());
        handler = new RequestHandler(
                codec,
                LinkHosts.NONE,
                new RolledBack(transactions, jdbc),
                jdbc,
                new Announcements(() -> nowhere, codec, topics, clock),
                new AnnouncedSoFar(),
                RequestHandler.Directory.CAUGHT_UP,
                new PersisterMetrics(new SimpleMeterRegistry(), clock, topics),
                Tracing.off());
    }

    @Override
    public void run() {
        try {
            ConsumerRecord<byte[], byte[]> record = record();
            var unused = handler.store(
                    List.of(new Decoded<>(record, handler.decode(record))),
                    new Slice(List.of(), () -> false, System::nanoTime));
        } catch (RuntimeException e) {
            LOG.debug("rehearsed in vain; whatever it is, the first request meets it too", e);
        }
    }

    private ConsumerRecord<byte[], byte[]> record() {
        EventId id = new EventId("/belfry/rehearsal", UUID.randomUUID().toString());
        NotificationRequested request = new NotificationRequested(
                Audience.course(COURSE),
                null,
                NotificationType.COURSE_UPDATE,
                "Rehearsal",
                "Rehearsal",
                NotificationData.EMPTY);
        ProducerRecord<byte[], byte[]> sent = codec.encode(
                topics.requested(),
                id.id().getBytes(StandardCharsets.UTF_8),
                null,
                Event.of(id, EventType.NOTIFICATION_REQUESTED, null, request));
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        return received;
    }

    private static Producer<byte[], byte[]> nowhere(String topic) {
        Node node = new Node(0, "nowhere", 1);
        PartitionInfo partition = new PartitionInfo(topic, 0, node, new Node[0], new Node[0]);
        Cluster cluster = new Cluster("nowhere", List.of(node), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(cluster, true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private record RolledBack(TransactionOperations transactions, JdbcClient jdbc) implements TransactionOperations {

        @Override
        public <R extends @Nullable Object> R execute(TransactionCallback<R> action) {
            return transactions.execute(status -> {
                status.setRollbackOnly();
                jdbc.sql("INSERT INTO course (id, title) VALUES (?, 'Rehearsal')")
                        .param(COURSE)
                        .update();
                jdbc.sql("INSERT INTO course_member (course_id, user_id, role) VALUES (?, ?, 'student')")
                        .params(COURSE, STUDENT)
                        .update();
                return action.doInTransaction(status);
            });
        }
    }
}
