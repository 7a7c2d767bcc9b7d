package io.belfry.localstack.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again and again. */
final class Poll {

    private Poll() {}

    /** The first answer that will do; the last one if none does within that time. */
    static <T> T until(Duration within, Supplier<T> question, Predicate<T> willDo) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        T answer = question.get();
        while (!willDo.test(answer) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
            answer = question.get();
        }
        return answer;
    }
}
