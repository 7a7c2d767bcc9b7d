package io.belfry.persister.intake;

import io.belfry.events.PoisonCode;
import io.belfry.persister.deadletter.DeadLetter;
import io.belfry.persister.fanout.FanoutRequest;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as it was understood. */
sealed interface Intake {

    ConsumerRecord<byte[], byte[]> record();

    record Request(ConsumerRecord<byte[], byte[]> record, FanoutRequest request) implements Intake {

        /** Set aside after all. */
        Poison poison(PoisonCode code, String detail) {
            return new Poison(new DeadLetter(record, code, detail));
        }

        /** For logs: where it is, never what it says. */
        String place() {
            return record.topic() + "-" + record.partition() + "@" + record.offset();
        }
    }

    /** A record that is set aside, or has to be. */
    record Poison(DeadLetter letter) implements Intake {

        @Override
        public ConsumerRecord<byte[], byte[]> record() {
            return letter.record();
        }
    }
}
