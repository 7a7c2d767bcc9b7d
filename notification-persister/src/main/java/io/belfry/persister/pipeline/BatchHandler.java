package io.belfry.persister.pipeline;

import io.belfry.events.wire.PoisonCode;
import io.belfry.events.wire.PoisonException;
import io.belfry.persister.pipeline.Handler.Decoded;
import io.belfry.persister.pipeline.Handler.Poison;
import io.belfry.persister.pipeline.Handler.Unread;
import io.belfry.runtime.tracing.LoggedTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a slice's records stored, many in a transaction, and finds the one that a transaction fails for. It throws if all
 * have to wait: database or broker are out, or a record that must not be overtaken fails. Not safe for use by more than
 * one thread.
 *
 * @param <T> what a record says
 */
final class BatchHandler<T> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchHandler.class);

    /**
     * What became of a slice; announcements are handed over and not yet acknowledged.
     *
     * @param done how many of its records are stored, poison or in the retry queue, from the first on
     * @param poison records that have to become dead letters, of the retry queue too
     * @param recovered records of the retry queue that are stored
     */
    record Handled(int done, List<Poison> poison, List<ConsumerRecord<byte[], byte[]>> recovered) {}

    /** A record as it was understood: one of the two is null. */
    private record Read<T>(
            @Nullable Decoded<T> good, @Nullable Poison poison) {}

    private final Handler<T> handler;
    private final RetryQueue<T> queue;
    private final RetryBudgets budgets;

    BatchHandler(Handler<T> handler, RetryQueue<T> queue, RetryBudgets budgets) {
        this.handler = handler;
        this.queue = queue;
        this.budgets = budgets;
    }

    Handled handle(Slice slice) {
        List<Poison> poison = new ArrayList<>(queue.poison());
        List<ConsumerRecord<byte[], byte[]>> recovered = new ArrayList<>();
        List<Read<T>> batch = slice.records().stream().map(this::read).toList();
        int done = 0;
        boolean goesOn = true;
        while (goesOn && done < batch.size() && !(done > 0 && slice.isOver())) {
            Decoded<T> first = batch.get(done).good();
            if (first != null && queue.isInTurn(first.record())) {
                goesOn = queue.takeTurns(first);
                done += goesOn ? 1 : 0;
                continue;
            }
            List<Decoded<T>> next = nextGood(batch.subList(done, batch.size()));
            int wanted = next.isEmpty() ? 0 : handler.together(next);
            int stored = wanted == 0 ? 0 : store(next.subList(0, wanted), slice, poison, recovered);
            int end = afterGood(batch, done, stored);
            batch.subList(done, end).stream()
                    .flatMap(read -> Stream.ofNullable(read.poison()))
                    .forEach(poison::add);
            done = end;
            goesOn = stored == wanted && !endsWith(poison);
            if (slice.isTurnDue()) {
                takeTurn(slice, poison, recovered);
            }
        }
        retryDue(slice, poison, recovered);
        takeTurn(slice, poison, recovered);
        return new Handled(done, poison, recovered);
    }

    /** A part of one record; so the next ones wait for that part, and not for all of it. */
    private void takeTurn(Slice slice, List<Poison> poison, List<ConsumerRecord<byte[], byte[]>> recovered) {
        queue.nextTurn()
                .filter(one -> !recovered.contains(one.record()))
                .ifPresent(one -> store(List.of(one), slice, poison, recovered));
    }

    /** One at least, however late it is. */
    private void retryDue(Slice slice, List<Poison> poison, List<ConsumerRecord<byte[], byte[]>> recovered) {
        for (Decoded<T> due : queue.due()) {
            slice.hurry();
            store(List.of(due), slice, poison, recovered);
            if (slice.isOver()) {
                return;
            }
        }
    }

    private Read<T> read(ConsumerRecord<byte[], byte[]> record) {
        if (record instanceof Unread) {
            String detail = "too large to be read; it is where it was published";
            return new Read<>(null, new Poison(record, PoisonCode.UNPROCESSABLE, detail));
        }
        try {
            return new Read<>(new Decoded<>(record, handler.decode(record)), null);
        } catch (PoisonException e) {
            return new Read<>(null, poison(record, e));
        }
    }

    /**
     * Good records that may share a transaction: up to one that has to wait for its turn. Where order counts, none behind
     * poison: it has to be passed first.
     */
    private List<Decoded<T>> nextGood(List<Read<T>> batch) {
        Predicate<Read<T>> isGood = read -> read.good() != null;
        Stream<Read<T>> good = queue.keepsOrder()
                ? batch.stream().takeWhile(isGood)
                : batch.stream().filter(isGood);
        return good.map(Read::good)
                .map(Objects::requireNonNull)
                .takeWhile(one -> !queue.isInTurn(one.record()))
                .toList();
    }

    /** Index of the first good record that is not one of the next that many. */
    private static <T> int afterGood(List<Read<T>> batch, int from, int good) {
        int passed = 0;
        for (int at = from; at < batch.size(); at++) {
            if (batch.get(at).good() != null && passed++ == good) {
                return at;
            }
        }
        return batch.size();
    }

    /** Where order counts, poison has to be a dead letter before anything behind it is stored. */
    private boolean endsWith(List<Poison> poison) {
        return queue.keepsOrder() && !poison.isEmpty();
    }

    /** Returns how many of these are done, from the first on. */
    private int store(
            List<Decoded<T>> records,
            Slice slice,
            List<Poison> poison,
            List<ConsumerRecord<byte[], byte[]>> recovered) {
        try {
            switch (handler.store(records, slice)) {
                case WAITS -> {
                    return 0;
                }
                case BEGUN -> {
                    budgets.madeProgress();
                    return queue.takeTurns(records.get(0)) ? 1 : 0;
                }
                case DONE -> {}
            }
        } catch (RuntimeException e) {
            FailureKind kind = FailureKind.of(e);
            if (kind == FailureKind.OUTAGE) {
                throw e;
            }
            if (records.size() == 1) {
                failedAlone(records.get(0), kind, e, poison);
                return 1;
            }
            if (kind == FailureKind.ROW_LOCKED) {
                slice.hurry();
            }
            // Halves, so that one bad record costs its neighbours a few transactions and not hundreds.
            int half = records.size() / 2;
            int stored = store(records.subList(0, half), slice, poison, recovered);
            return stored < half || endsWith(poison)
                    ? stored
                    : half + store(records.subList(half, records.size()), slice, poison, recovered);
        }
        budgets.madeProgress();
        records.stream().map(Decoded::record).filter(queue::holds).forEach(recovered::add);
        return records.size();
    }

    private void failedAlone(Decoded<T> one, FailureKind kind, RuntimeException failure, List<Poison> poison) {
        ConsumerRecord<byte[], byte[]> record = one.record();
        if (failure instanceof PoisonException rule) {
            poison.add(poison(record, rule));
            return;
        }
        if (kind == FailureKind.BAD_RECORD) {
            poison.add(new Poison(record, PoisonCode.INVALID_FIELD, "the database can not hold it"));
            return;
        }
        boolean locked = kind == FailureKind.ROW_LOCKED;
        if (!queue.holds(record) && locked) {
            LoggedTrace.of(
                    record,
                    () -> LOG.warn("{} waits for a row that another session has locked", Handler.place(record)));
        } else if (!queue.holds(record)) {
            LoggedTrace.of(
                    record, () -> LOG.error("{} fails alone; it is tried again", Handler.place(record), failure));
        }
        switch (queue.failed(one, !locked)) {
            case QUEUED -> {}
            case IN_ITS_WAY -> throw failure;
            case EXHAUSTED ->
                poison.add(new Poison(
                        record, PoisonCode.UNPROCESSABLE, "kept failing alone while other records were stored"));
        }
    }

    private static Poison poison(ConsumerRecord<byte[], byte[]> record, PoisonException rule) {
        return new Poison(record, rule.code(), String.valueOf(rule.getMessage()));
    }
}
