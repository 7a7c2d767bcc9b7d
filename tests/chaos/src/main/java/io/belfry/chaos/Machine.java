package io.belfry.chaos;

import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Scale;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where and when a run began, as its table says. */
public record Machine(ZonedDateTime began, long nanoTime, double load) {

    public static Machine now() {
        return new Machine(
                ZonedDateTime.now(ZoneOffset.UTC),
                System.nanoTime(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The run ends now. */
    public String line(Scale scale) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long memory = system instanceof com.sun.management.OperatingSystemMXBean all ? all.getTotalMemorySize() : 0;
        return String.format(
                Locale.ROOT,
                "Loads and counts are the promised ones times %s. %s, %.1f minutes. Machine: %d cores, load average %.1f at the"
                        + " beginning, %d GiB, %s %s, JDK %s.",
                scale.factor(),
                began.format(DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)),
                Arena.since(nanoTime).toSeconds() / 60.0,
                system.getAvailableProcessors(),
                load,
                memory >> 30,
                system.getName(),
                system.getArch(),
                System.getProperty("java.runtime.version"));
    }
}
