package io.belfry.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long processes, with all that they started, have run on a core: user and system time from {@code /proc}, exact to the
 * nanosecond (https://docs.kernel.org/scheduler/sched-stats.html). What a thread used that has ended meanwhile is missing.
 */
public final class CpuClock {

    private final Map<String, LongSupplier> processes = new LinkedHashMap<>();

    /** Nanoseconds of each thread by then, by process. */
    private Map<String, Map<Path, Long>> begin = Map.of();

    /** @param pid asked each time; 0 = it does not run now */
    public CpuClock with(String name, LongSupplier pid) {
        processes.put(name, pid);
        return this;
    }

    /** From here on. */
    public void start() {
        begin = threads();
    }

    /** Seconds of each process since the start. */
    public Map<String, Double> stop() {
        Map<String, Double> used = new LinkedHashMap<>();
        threads().forEach((name, now) -> {
            Map<Path, Long> before = begin.getOrDefault(name, Map.of());
            long nanos = now.entrySet().stream()
                    .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                    .sum();
            used.put(name, nanos / 1e9);
        });
        return used;
    }

    private Map<String, Map<Path, Long>> threads() {
        Map<String, Map<Path, Long>> threads = new LinkedHashMap<>();
        processes.forEach((name, pid) -> {
            Map<Path, Long> own = new HashMap<>();
            family(pid.getAsLong()).forEach(each -> addThreads(each, own));
            threads.put(name, own);
        });
        return threads;
    }

    private static LongStream family(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants()).mapToLong(ProcessHandle::pid))
                .orElse(LongStream.empty());
    }

    private static void addThreads(long pid, Map<Path, Long> threads) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            tasks.forEach(task -> addThread(task, threads));
        } catch (IOException ended) {
            // Missing, as its threads are.
        }
    }

    private static void addThread(Path task, Map<Path, Long> threads) {
        try {
            String text = Files.readString(task.resolve("schedstat"));
            threads.put(task, Long.parseLong(text.substring(0, text.indexOf(' '))));
        } catch (IOException ended) {
            // Missing, as every thread that has ended.
        }
    }

    /** Resident bytes of a process, as the kernel counts them. */
    public static long residentBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }
}
