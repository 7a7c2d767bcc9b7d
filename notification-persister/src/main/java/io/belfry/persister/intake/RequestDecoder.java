package io.belfry.persister.intake;

import io.belfry.events.Event;
import io.belfry.events.EventCodec;
import io.belfry.events.EventType;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationRequested;
import io.belfry.events.PoisonCode;
import io.belfry.events.PoisonException;
import io.belfry.json.InvalidFieldsException;
import io.belfry.persister.deadletter.DeadLetter;
import io.belfry.persister.fanout.FanoutRequest;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads requests; what breaks a rule becomes poison here and is never thrown. */
final class RequestDecoder {

    private final EventCodec codec;
    private final LinkHosts linkHosts;

    RequestDecoder(EventCodec codec, LinkHosts linkHosts) {
        this.codec = codec;
        this.linkHosts = linkHosts;
    }

    Intake decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            Event<NotificationRequested> event = codec.decode(record, EventType.NOTIFICATION_REQUESTED);
            linkHosts.check(event.data().data());
            return new Intake.Request(record, FanoutRequest.of(event));
        } catch (PoisonException e) {
            return new Intake.Poison(new DeadLetter(record, e.code(), String.valueOf(e.getMessage())));
        } catch (InvalidFieldsException e) {
            return new Intake.Poison(new DeadLetter(record, PoisonCode.INVALID_FIELD, String.valueOf(e.getMessage())));
        }
    }
}
