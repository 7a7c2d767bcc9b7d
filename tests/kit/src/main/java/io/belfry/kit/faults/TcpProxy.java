package io.belfry.kit.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Stands between clients and one server on loopback. Connections can be cut, and held in a black hole, where they stay
 * open while nothing arrives, and go on when it heals, as TCP does. Safe for use by many threads.
 */
public final class TcpProxy implements AutoCloseable {

    /** How a connection is cut. */
    public enum Cut {
        /** Both ends get a reset at once. */
        RESET,
        /** Both ends get an orderly end of the stream. */
        FINISH
    }

    /** The two halves of one connection. */
    private record Link(Socket client, Socket upstream) {

        void cut(Cut how) {
            end(client, how);
            end(upstream, how);
        }

        private static void end(Socket socket, Cut how) {
            try {
                if (how == Cut.RESET) {
                    socket.setSoLinger(true, 0); // a close without waiting sends RST instead of FIN
                }
                socket.close();
            } catch (IOException e) {
                // It ended by itself, which is what was wanted.
            }
        }
    }

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        return thread;
    });
    /** At zero while everything gets through. */
    private volatile CountDownLatch blackhole = new CountDownLatch(0);

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

    /** Cuts every connection; new ones are accepted. */
    public void cut(Cut how) {
        links.forEach(link -> link.cut(how));
    }

    /** From now on nothing gets through, not even that a side has gone: each waits for the other until it gives up itself. */
    public synchronized void blackhole() {
        if (blackhole.getCount() == 0) {
            blackhole = new CountDownLatch(1);
        }
    }

    /** What was held goes on its way. */
    public synchronized void heal() {
        blackhole.countDown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> join(client));
            } catch (IOException e) {
                // Closed, which ends the loop, or the machine is short of something: the next one is taken.
            }
        }
    }

    private void join(Socket client) {
        Link link = new Link(client, new Socket());
        // Before it is connected: who sees the connection at the server can cut it.
        links.add(link);
        try {
            blackhole.await();
            link.upstream().connect(target, 5_000);
            threads.execute(() -> pump(link, client, link.upstream()));
        } catch (IOException | InterruptedException | RejectedExecutionException e) {
            // No server listens behind: the client sees its connection refused as well as a proxy can show it.
            link.cut(Cut.RESET);
            links.remove(link);
            return;
        }
        pump(link, link.upstream(), client);
    }

    /** Carries one direction. Its end, orderly or not, goes the same way: in a black hole neither side hears of it. */
    private void pump(Link link, Socket from, Socket to) {
        try {
            boolean orderly = carry(from, to);
            blackhole.await();
            if (orderly) {
                to.shutdownOutput();
            } else {
                link.cut(Cut.RESET);
            }
        } catch (IOException | InterruptedException e) {
            link.cut(Cut.RESET);
        }
        if (from.isClosed() || to.isClosed() || (to.isOutputShutdown() && from.isOutputShutdown())) {
            link.cut(Cut.FINISH);
            links.remove(link);
        }
    }

    /** Returns whether the stream ended in order. */
    private boolean carry(Socket from, Socket to) throws InterruptedException {
        byte[] piece = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                blackhole.await();
                to.getOutputStream().write(piece, 0, length);
            }
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            heal();
            cut(Cut.RESET);
            threads.shutdownNow();
        }
    }
}
