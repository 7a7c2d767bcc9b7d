package io.belfry.persister.startup;

import io.belfry.persister.pipeline.Handler.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Consumers that no record ends. Records of kilobytes may be hundreds of megabytes once they are decompressed, and no limit
 * of broker or client knows that size. So a batch is polled record by record, each decompressed when it is its turn, and
 * ends when it is large; and a record that there is no memory for is stepped over: its reader would meet it again however
 * often it is started. (A marker that outlives the process, as the other way, counts every crash against the record that
 * happened to be next.)
 */
final class FrugalConsumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(FrugalConsumers.class);

    private static final int BATCH_RECORDS = 1_000;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;

    /** One that is larger is no event, and its dead letter would be cut anyway: there is no work to be done with it. */
    private static final int HUGE = KafkaClients.MAX_DEAD_LETTER_BYTES;

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    private final BooleanSupplier busy;

    /** @param busy whether polls should not wait for records */
    FrugalConsumers(Map<String, Object> settings, BooleanSupplier busy) {
        super(recordByRecord(settings));
        this.busy = busy;
    }

    private static Map<String, Object> recordByRecord(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return all;
    }

    @Override
    protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
        return new Frugal(settings);
    }

    private final class Frugal extends ExtendedKafkaConsumer {

        private final Map<String, Object> settings;

        /** Thrown behind the records of a batch, whose positions have moved on; the next poll throws it. */
        private @Nullable RuntimeException postponed;

        Frugal(Map<String, Object> settings) {
            super(settings);
            this.settings = settings;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (postponed != null) {
                RuntimeException failure = postponed;
                postponed = null;
                throw failure;
            }
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batch = new HashMap<>();
            Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
            int records = 0;
            int bytes = 0;
            while (records < BATCH_RECORDS && bytes < BATCH_BYTES) {
                try {
                    ConsumerRecords<byte[], byte[]> polled =
                            super.poll(records == 0 && !busy.getAsBoolean() ? timeout : Duration.ZERO);
                    next.putAll(polled.nextOffsets());
                    if (polled.isEmpty()) {
                        break;
                    }
                    for (ConsumerRecord<byte[], byte[]> record : polled) {
                        int size = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
                        add(
                                batch,
                                size > HUGE ? new Unread(record.topic(), record.partition(), record.offset()) : record);
                        bytes += size;
                        records++;
                    }
                } catch (RuntimeException e) {
                    if (records == 0) {
                        throw e;
                    }
                    postponed = e;
                    break;
                } catch (OutOfMemoryError e) {
                    // Nothing of this poll is passed. Behind other records: it may fit when those are gone.
                    if (records == 0) {
                        stepOver(e).forEach(record -> add(batch, record));
                    }
                    break;
                }
            }
            return new ConsumerRecords<>(batch, next);
        }

        private static void add(
                Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> batch,
                ConsumerRecord<byte[], byte[]> record) {
            batch.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), any -> new ArrayList<>())
                    .add(record);
        }

        /** Those records that are next in their partition and that a poll of their own has no memory for either. */
        private List<Unread> stepOver(OutOfMemoryError cause) {
            List<Unread> found = new ArrayList<>();
            for (TopicPartition partition : assignment()) {
                long next = position(partition, ANSWER_LIMIT);
                if (!paused().contains(partition) && !fits(partition, next)) {
                    LOG.error("There is no memory for {}@{}; it is stepped over", partition, next, cause);
                    found.add(new Unread(partition.topic(), partition.partition(), next));
                    seek(partition, next + 1);
                }
            }
            if (found.isEmpty()) {
                throw cause; // and this thread is started anew
            }
            return found;
        }

        private boolean fits(TopicPartition partition, long offset) {
            Map<String, Object> alone = new HashMap<>(settings);
            alone.remove(ConsumerConfig.GROUP_ID_CONFIG);
            alone.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.get(ConsumerConfig.CLIENT_ID_CONFIG) + "-alone");
            try (var consumer = new KafkaConsumer<>(alone, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, offset);
                consumer.poll(ANSWER_LIMIT);
                return true;
            } catch (OutOfMemoryError e) {
                return false;
            }
        }
    }
}
