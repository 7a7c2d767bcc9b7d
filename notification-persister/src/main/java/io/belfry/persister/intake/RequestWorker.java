package io.belfry.persister.intake;

import io.belfry.events.PoisonCode;
import io.belfry.persister.directory.DirectoryGate;
import io.belfry.persister.failure.FailureKind;
import io.belfry.persister.failure.Patience;
import io.belfry.persister.failure.Served;
import io.belfry.persister.intake.Delivery.Result;
import io.belfry.persister.intake.HeldRecords.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off records in slices. It throws for nothing but a world that is down; by then nothing of the slice counts as
 * done, and doing it again does no harm. Not safe for use by more than one thread.
 */
final class RequestWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RequestWorker.class);

    /** Short, so that the thread keeps polling while the directory catches up. */
    private static final Duration WAIT_FOR_DIRECTORY = Duration.ofSeconds(1);

    private final RequestDecoder decoder;
    private final Delivery delivery;
    private final SetAside setAside;
    private final HeldRecords held;
    private final DirectoryGate directory;
    private final Served served;
    private final Supplier<Patience> patience;

    RequestWorker(
            RequestDecoder decoder,
            Delivery delivery,
            SetAside setAside,
            HeldRecords held,
            DirectoryGate directory,
            Served served,
            Supplier<Patience> patience) {
        this.decoder = decoder;
        this.delivery = delivery;
        this.setAside = setAside;
        this.held = held;
        this.directory = directory;
        this.served = served;
        this.patience = patience;
    }

    /**
     * Works until all is done, time is up, or a course has to wait for the directory.
     *
     * @param enough asked between transactions
     * @return how many of the records are done: stored and announced, set aside, or held
     */
    int work(List<ConsumerRecord<byte[], byte[]>> records, BooleanSupplier enough) {
        List<Intake> intakes = records.stream().map(decoder::decode).toList();
        List<Intake.Poison> poison = new ArrayList<>();
        boolean directoryIsFresh = false;
        int next = 0;
        while (next < intakes.size() && !(next > 0 && enough.getAsBoolean())) {
            if (intakes.get(next) instanceof Intake.Poison one) {
                poison.add(one);
                next++;
                continue;
            }
            Group group = Group.from(intakes, next);
            if (group.isForCourse() && !directoryIsFresh) {
                directoryIsFresh = directory.awaitCaughtUp(WAIT_FOR_DIRECTORY);
                if (!directoryIsFresh) {
                    break;
                }
            }
            if (!deliver(group.requests(), poison, enough)) {
                break;
            }
            addPoison(intakes.subList(next, group.end()), poison);
            next = group.end();
        }
        setAsideOrHold(poison);
        return next;
    }

    /** Tries again what is held and due. */
    void retryHeld(BooleanSupplier enough) {
        for (Held one : held.due()) {
            retry(one, enough);
        }
        if (setAside.isDue()) {
            setAsideOrHold(held.poison());
        }
    }

    /** Poison whose dead letter is not taken keeps its place in its partition, and nobody else waits for it. */
    private void setAsideOrHold(List<Intake.Poison> poison) {
        List<Intake.Poison> refused = setAside.all(poison);
        boolean fits = held.hasRoomFor(refused);
        held.turnedAway(fits ? 0 : refused.size());
        if (!fits) {
            throw new KafkaException("the dead-letter topic does not take " + refused.size() + " records");
        }
        poison.forEach(held::release);
        refused.forEach(held::hold);
    }

    private static void addPoison(List<Intake> intakes, List<Intake.Poison> poison) {
        for (Intake intake : intakes) {
            if (intake instanceof Intake.Poison one) {
                poison.add(one);
            }
        }
    }

    /** Returns whether these are done. */
    private boolean deliver(List<Intake.Request> requests, List<Intake.Poison> poison, BooleanSupplier enough) {
        Result result;
        try {
            result = delivery.run(requests.stream().map(Intake.Request::request).toList(), enough);
        } catch (RuntimeException e) {
            FailureKind kind = FailureKind.of(e);
            if (kind == FailureKind.WORLD) {
                throw e;
            }
            if (requests.size() == 1) {
                failedAlone(requests.get(0), kind, e, poison);
                return true;
            }
            // Halves, so that one bad request costs its neighbours a few transactions and not hundreds.
            int half = requests.size() / 2;
            return deliver(requests.subList(0, half), poison, enough)
                    && deliver(requests.subList(half, requests.size()), poison, enough);
        }
        if (result == Result.UNKNOWN_COURSE) {
            poison.add(unknownCourse(requests.get(0)));
        } else if (result == Result.COMPLETE) {
            served.more();
        }
        return result != Result.UNFINISHED;
    }

    private void failedAlone(
            Intake.Request request, FailureKind kind, RuntimeException failure, List<Intake.Poison> poison) {
        if (kind == FailureKind.RECORD) {
            poison.add(refused(request));
            return;
        }
        if (!held.hasRoomFor(List.of(request))) {
            throw failure;
        }
        if (!held.holds(request)) {
            LOG.error("{} fails alone; it is held and tried again", request.place(), failure);
            held.hold(request, patience.get());
        }
    }

    private void retry(Held one, BooleanSupplier enough) {
        Intake.Request request = one.request();
        Result result;
        try {
            result = delivery.run(List.of(request.request()), enough);
        } catch (RuntimeException e) {
            FailureKind kind = FailureKind.of(e);
            if (kind == FailureKind.WORLD) {
                throw e;
            }
            one.patience().failedAgain();
            if (kind == FailureKind.RECORD) {
                setAsideOrHold(List.of(refused(request)));
            } else if (one.patience().isExhausted()) {
                setAsideOrHold(List.of(
                        request.poison(PoisonCode.UNPROCESSABLE, "kept failing alone while others were served")));
            }
            return;
        }
        if (result == Result.UNKNOWN_COURSE) {
            setAsideOrHold(List.of(unknownCourse(request)));
        } else if (result == Result.COMPLETE) {
            setAside.all(List.of()); // what it has announced has to be acknowledged
            held.release(request);
            LOG.info("{} is done at last", request.place());
        }
    }

    private static Intake.Poison unknownCourse(Intake.Request request) {
        return request.poison(PoisonCode.UNKNOWN_COURSE, "audience.course: is not in the directory");
    }

    private static Intake.Poison refused(Intake.Request request) {
        return request.poison(PoisonCode.INVALID_FIELD, "the database can not hold it");
    }
}
