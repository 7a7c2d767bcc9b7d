package io.belfry.kit.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Stands between clients and one server on loopback. Connections can be delayed, cut, and held in a black hole, where
 * they stay open while nothing arrives, and go on when it heals, as TCP does. Safe for use by many threads.
 */
public final class TcpProxy implements AutoCloseable {

    /** How a connection is cut. */
    public enum Cut {
        /** Both ends get a reset at once. */
        RESET,
        /** Both ends get an orderly end of the stream. */
        FINISH
    }

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Gate gate = new Gate();
    private volatile Supplier<Duration> delayToServer = () -> Duration.ZERO;
    private volatile Supplier<Duration> delayToClient = () -> Duration.ZERO;

    private TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** A proxy on a free port in front of this address's host and port. */
    public static TcpProxy to(URI target) {
        try {
            return new TcpProxy(new InetSocketAddress(target.getHost(), target.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** The same address through this proxy. */
    public URI through(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return URI.create(address.getScheme() + "://127.0.0.1:" + port() + path);
    }

    /** Each piece of the stream to the server waits so long before it goes on. */
    public TcpProxy delayToServer(Supplier<Duration> delay) {
        delayToServer = delay;
        return this;
    }

    /** Each piece of the stream to the client waits so long before it goes on. */
    public TcpProxy delayToClient(Supplier<Duration> delay) {
        delayToClient = delay;
        return this;
    }

    /** Cuts every connection; new ones are accepted. */
    public void cut(Cut how) {
        links.forEach(link -> link.cut(how));
    }

    /** From now on nothing gets through, not even that a side has gone: each waits for the other until it gives up itself. */
    public void blackhole() {
        gate.shut();
    }

    /** What was held goes on its way. */
    public void heal() {
        gate.open();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> join(client));
            } catch (IOException e) {
                // Closed, which ends the loop, or the machine is short of something for a moment: the next one is
                // taken.
            }
        }
    }

    private void join(Socket client) {
        Socket upstream = new Socket();
        Link link = new Link(client, upstream);
        // Before it is connected: who sees the connection at the server can cut it.
        links.add(link);
        Runnable end = () -> links.remove(link);
        try {
            gate.pass();
            upstream.connect(target, 5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            link.cut(Cut.RESET);
            end.run();
            return;
        } catch (IOException e) {
            // No server listens behind: the client sees its connection refused as well as a proxy can show it.
            link.cut(Cut.RESET);
            end.run();
            return;
        }
        try {
            threads.execute(new Pump(client, upstream, () -> delayToServer.get(), gate, link, end));
        } catch (RejectedExecutionException closed) {
            link.cut(Cut.RESET);
            return;
        }
        new Pump(upstream, client, () -> delayToClient.get(), gate, link, end).run();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            gate.open();
            cut(Cut.RESET);
            threads.shutdownNow();
        }
    }
}
