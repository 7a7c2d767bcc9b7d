package io.belfry.gateway.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.events.InboxCommand;
import io.belfry.events.names.Topics;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CommandPublisherTest {

    private final BreakingProducer producer = new BreakingProducer();

    @AutoClose
    private final CommandPublisher publisher = new CommandPublisher(producer, new Topics(""), "g", Clock.systemUTC());

    private static Void await(CompletionStage<Void> answer) throws Exception {
        return answer.toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    @Test
    void answersEveryCommandWhateverIsThrown() throws Exception {
        producer.thrown.add(new NoClassDefFoundError("on purpose"));
        producer.thrown.add(new OutOfMemoryError("on purpose"));

        CompletionStage<Void> first = publisher.publish(InboxCommand.markRead(7, 9001));
        CompletionStage<Void> second = publisher.publish(InboxCommand.markRead(7, 9002));
        CompletionStage<Void> third = publisher.publish(InboxCommand.markRead(7, 9003));

        assertThatThrownBy(() -> await(first))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class);
        assertThatThrownBy(() -> await(second))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
        await(third);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void isNotTrustedAfterACommandThatWasNotTakenUntilOneIs() throws Exception {
        assertThat(publisher.isTrusted()).isTrue();
        producer.thrown.add(new StackOverflowError("on purpose"));

        CompletionStage<Void> refused = publisher.publish(InboxCommand.markRead(7, 9001));
        assertThatThrownBy(() -> await(refused)).isInstanceOf(ExecutionException.class);
        assertThat(publisher.isTrusted()).isFalse();

        await(publisher.publish(InboxCommand.markRead(7, 9002)));
        assertThat(publisher.isTrusted()).isTrue();
    }

    /** Throws these, one at each call, before it sends. */
    private static final class BreakingProducer extends MockProducer<byte[], byte[]> {

        private final Queue<Error> thrown = new ConcurrentLinkedQueue<>();

        BreakingProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            Error error = thrown.poll();
            if (error != null) {
                throw error;
            }
            return super.send(record, callback);
        }
    }
}
