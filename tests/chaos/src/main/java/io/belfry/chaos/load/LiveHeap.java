package io.belfry.chaos.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What lives in the heap of another JVM. Its garbage is collected for that, which stops it for a moment. */
public final class LiveHeap {

    private LiveHeap() {}

    /** In bytes, all counted at one moment. */
    public static long of(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader answer = asked.inputReader()) {
                String total = answer.lines()
                        .filter(line -> line.startsWith("Total "))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("jcmd does not count the heap of " + pid));
                return Long.parseLong(total.trim().split(" +", -1)[2]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
