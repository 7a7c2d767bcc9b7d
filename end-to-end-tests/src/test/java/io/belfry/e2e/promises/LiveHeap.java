package io.belfry.e2e.promises;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What lives in the heap of another JVM. Its garbage is collected for that, which stops it for a moment. */
final class LiveHeap {

    private LiveHeap() {}

    /** In bytes, all counted at one moment. */
    static long of(long pid) {
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
                return Long.parseLong(total.trim().split(" +")[2]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
