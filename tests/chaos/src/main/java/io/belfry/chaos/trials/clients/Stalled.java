package io.belfry.chaos.trials.clients;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.socket.RawSocket;
import io.belfry.kit.socket.RawSocket.Frame;
import io.belfry.kit.system.Figures;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A socket whose client reads nothing before the gateway has hung up. For one thread. */
final class Stalled implements AutoCloseable {

    private static final int RECEIVE_BUFFER = 4 * 1024;
    private static final int FRAME_HEADER = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Service gateway;
    private final Figures before;
    private final RawSocket socket;

    Stalled(Service gateway, String token) {
        this.gateway = gateway;
        this.before = Figures.of(gateway);
        this.socket = RawSocket.open(NotificationSystem.socketAddress(gateway), token, RECEIVE_BUFFER);
    }

    /** Until the gateway has had enough of it; what is queued is held for 4 s more, while the close frame might get out. */
    void awaitRefused() {
        await("it is too slow").atMost(PATIENCE).until(() -> counted("belfry_gateway_slow_readers_total") > 0);
    }

    /** Whether its connection is gone at the gateway, with all that was queued for it. */
    boolean isHungUp() {
        return counted("belfry_gateway_closes_total", "code=\"4413\"") > 0;
    }

    void awaitHungUp() {
        await("it is closed with 4413").atMost(PATIENCE).until(this::isHungUp);
    }

    /**
     * How many bytes waited in the gateway when it hung up: what was written, less what the kernels had taken and still
     * give out. Once, when it is hung up, and only right if this gateway has written no frames to others since it was opened.
     */
    long queued() {
        long frames = Math.round(counted("belfry_gateway_frames_sent_total"));
        try {
            next(); // the welcome
            int length = FRAME_HEADER + next().payload().length;
            return frames * length - length - socket.readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame next() throws IOException {
        Frame frame = socket.read();
        while (frame.opcode() != Frame.TEXT) {
            frame = socket.read();
        }
        return frame;
    }

    private double counted(String name, String... labels) {
        return Figures.of(gateway).sum(name, labels) - before.sum(name, labels);
    }

    @Override
    public void close() {
        socket.close();
    }
}
