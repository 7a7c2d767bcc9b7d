package io.belfry.kit.faults;

import io.belfry.kit.faults.TcpProxy.Cut;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries one direction of a connection, one piece at a time: what comes while a piece is delayed waits in the kernel and
 * goes on as the next piece, so order is kept and the delay of a busy stream is at most twice the one asked for. The end of
 * a direction, orderly or not, goes the same way: behind a shut gate neither side hears of it.
 */
final class Pump implements Runnable {

    private static final int PIECE = 64 * 1024;

    private final Socket from;
    private final Socket to;
    private final Supplier<Duration> delay;
    private final Gate gate;
    private final Link link;
    private final Runnable ended;

    Pump(Socket from, Socket to, Supplier<Duration> delay, Gate gate, Link link, Runnable ended) {
        this.from = from;
        this.to = to;
        this.delay = delay;
        this.gate = gate;
        this.link = link;
        this.ended = ended;
    }

    @Override
    public void run() {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(piece);
            while (length >= 0) {
                TimeUnit.NANOSECONDS.sleep(delay.get().toNanos());
                gate.pass();
                out.write(piece, 0, length);
                length = in.read(piece);
            }
            gate.pass();
            to.shutdownOutput();
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            link.cut(Cut.RESET);
        } finally {
            if (from.isClosed() || to.isClosed() || (to.isOutputShutdown() && from.isOutputShutdown())) {
                link.cut(Cut.FINISH);
                ended.run();
            }
        }
    }

    private void reset() {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.cut(Cut.RESET);
    }
}
