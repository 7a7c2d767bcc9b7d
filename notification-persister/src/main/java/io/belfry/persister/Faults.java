package io.belfry.persister;

import io.belfry.persister.pipeline.Handler;
import io.belfry.persister.pipeline.Slice;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** Faults on purpose, around parts that know nothing of them. Without a failpoint each does nothing. */
final class Faults {

    /** The exit code of a JVM that a failpoint has halted: as if by kill -9. */
    private static final int HALTED = 137;

    private Faults() {}

    /** Ends the process between a commit and what comes after it. */
    static TransactionOperations haltingAfterCommit(TransactionOperations transactions, BooleanSupplier strikes) {
        return new TransactionOperations() {
            @Override
            public <R extends @Nullable Object> R execute(TransactionCallback<R> action) {
                R result = transactions.execute(action);
                if (strikes.getAsBoolean()) {
                    Runtime.getRuntime().halt(HALTED);
                }
                return result;
            }
        };
    }

    /** Dies of an error when records come. */
    static <T> Handler<T> dying(Handler<T> handler, BooleanSupplier strikes) {
        return new Handler<>() {
            @Override
            public T decode(ConsumerRecord<byte[], byte[]> record) {
                if (strikes.getAsBoolean()) {
                    throw new StackOverflowError("failpoint");
                }
                return handler.decode(record);
            }

            @Override
            public int together(List<Decoded<T>> records) {
                return handler.together(records);
            }

            @Override
            public Progress store(List<Decoded<T>> records, Slice slice) {
                return handler.store(records, slice);
            }

            @Override
            public void rejected(Poison poison) {
                handler.rejected(poison);
            }
        };
    }
}
