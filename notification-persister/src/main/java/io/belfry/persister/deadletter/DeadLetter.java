package io.belfry.persister.deadletter;

import io.belfry.events.PoisonCode;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that is to be set aside, and why.
 *
 * @param detail for operators and the sender; names fields, never their values
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, PoisonCode code, String detail) {}
