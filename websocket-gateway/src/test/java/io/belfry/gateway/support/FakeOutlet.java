package io.belfry.gateway.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.gateway.connection.Outlet;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.FrameCodec;
import io.belfry.gateway.protocol.ServerFrame;
import io.belfry.gateway.protocol.SharedFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A socket that remembers what was written to it. */
public final class FakeOutlet implements Outlet {

    private final Queue<String> written = new ArrayDeque<>();
    private Runnable end = () -> {};
    private @Nullable CloseCode closed;
    private @Nullable Error broken;
    private int flushes;

    /** What is done at the end, as a real socket does. */
    public void endsWith(Runnable action) {
        end = action;
    }

    /** From now on it throws this instead of sending or closing. */
    public void breaksWith(Error error) {
        broken = error;
    }

    private void fail() {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public void send(ServerFrame frame) {
        fail();
        if (closed == null) {
            written.add(new String(FrameCodec.encode(frame), StandardCharsets.UTF_8));
        }
    }

    @Override
    public boolean accepts(SharedFrame frame) {
        return closed == null;
    }

    @Override
    public boolean write(SharedFrame frame, long seq, long unread) {
        return closed == null && written.add(seq + "/" + unread);
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void close(CloseCode code) {
        fail();
        if (closed == null) {
            closed = code;
            end.run();
        }
    }

    /** These and no others since it was asked last. */
    public void assertReceived(String... frames) {
        assertThat(written).containsExactly(frames);
        written.clear();
    }

    public void assertReceivedType(String type) {
        assertReceivedStarting("{\"type\":\"" + type + "\"");
    }

    public void assertReceivedStarting(String start) {
        assertThat(written.poll()).startsWith(start);
    }

    public void assertReceivedEnding(String end) {
        assertThat(written.poll()).endsWith(end);
    }

    public void assertFlushes(int times) {
        assertThat(flushes).isEqualTo(times);
    }

    public void assertClosed(CloseCode code) {
        assertThat(closed).isEqualTo(code);
    }

    public void assertOpen() {
        assertThat(closed).isNull();
    }
}
