package io.belfry.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private Map<String, Double> begin = Map.of();

    /** @param pid asked each time; 0 = it does not run now */
    public CpuClock with(String name, LongSupplier pid) {
        processes.put(name, pid);
        return this;
    }

    /** From here on. */
    public void start() {
        begin = seconds();
    }

    /** Seconds of each process since the start. */
    public Map<String, Double> stop() {
        Map<String, Double> used = new LinkedHashMap<>();
        seconds().forEach((name, now) -> used.put(name, Math.max(0, now - begin.getOrDefault(name, 0.0))));
        return used;
    }

    private Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) -> seconds.put(
                name, family(pid.getAsLong()).mapToDouble(CpuClock::seconds).sum()));
        return seconds;
    }

    private static LongStream family(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants()).mapToLong(ProcessHandle::pid))
                .orElse(LongStream.empty());
    }

    private static double seconds(long pid) {
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                nanos += nanos(task.resolve("schedstat"));
            }
        } catch (IOException gone) {
            return 0;
        }
        return nanos / 1e9;
    }

    private static long nanos(Path schedstat) {
        try {
            String text = Files.readString(schedstat);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (IOException gone) {
            return 0;
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
