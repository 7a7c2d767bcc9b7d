package io.belfry.kit.faults;

import io.belfry.kit.faults.TcpProxy.Cut;
import java.io.IOException;
import java.net.Socket;

/** The two halves of one connection through the proxy. */
final class Link {

    private final Socket client;
    private final Socket upstream;

    Link(Socket client, Socket upstream) {
        this.client = client;
        this.upstream = upstream;
    }

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
