package io.belfry.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Free ports of the loopback interface. */
public final class Ports {

    /**
     * Below what Linux and macOS hand out to clients: a port from that range can be taken by any outgoing connection
     * while a test has its server stopped, even by a client that tries to reach that very server.
     */
    private static final int LOWEST = 20_000;

    private static final int COUNT = 12_000;

    /** Starts anywhere, so that test runs side by side seldom meet; goes on from there, so that no port is given twice. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** A port that is free now, and that was not given before in this JVM. */
    public static int free() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " on");
    }

    /** Whether a server could listen on the port, on loopback and on every address. */
    public static boolean isFree(int port) {
        return canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                && canBind(new InetSocketAddress(port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: connections of a former server that linger in TIME_WAIT are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
