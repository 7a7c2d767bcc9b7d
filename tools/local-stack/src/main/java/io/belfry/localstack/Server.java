package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A server on a port of loopback; a process or a container does the work. */
abstract class Server implements ControlledProcess {

    private final ControlledProcess process;
    private final int port;

    /** @param process answers on the port */
    Server(ControlledProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public final int port() {
        return port;
    }

    @Override
    public final String name() {
        return process.name();
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public final void stop() {
        process.stop();
    }

    @Override
    public final void kill() {
        process.kill();
    }

    @Override
    public final void suspend() {
        process.suspend();
    }

    @Override
    public final void resume() {
        process.resume();
    }

    @Override
    public final boolean isRunning() {
        return process.isRunning();
    }

    /** Fails within seconds if nothing listens. */
    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(2000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
