package io.belfry.kit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.kit.faults.TcpProxy.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final TcpProxy proxy = TcpProxy.to(URI.create("http://127.0.0.1:" + server.getLocalPort()));
    private final Socket client = connect();
    private final Socket accepted = server.accept();

    TcpProxyTest() throws IOException {
        accepted.setSoTimeout(5_000);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", proxy.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
        proxy.close();
        server.close();
    }

    @Test
    void carriesBothWaysAndTheEndOfOneDirectionAlone() throws IOException {
        client.getOutputStream().write(7);
        client.shutdownOutput();
        assertThat(accepted.getInputStream().read()).isEqualTo(7);
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);

        accepted.getOutputStream().write(8);
        assertThat(client.getInputStream().read()).isEqualTo(8);
    }

    @Test
    void resetIsAnErrorAtTheClient() {
        proxy.cut(Cut.RESET);

        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    /** Often: the connection is cut while the proxy still sets it up. */
    @RepeatedTest(50)
    void finishIsAnEndAtTheClient() throws IOException {
        proxy.cut(Cut.FINISH);

        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void blackHoleKeepsEverythingUntilItHeals() throws IOException {
        proxy.blackhole();
        accepted.getOutputStream().write(8);
        client.setSoTimeout(300);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        client.setSoTimeout(5_000);
        proxy.heal();
        assertThat(client.getInputStream().read()).isEqualTo(8);
    }

    @Test
    void blackHoleTellsNeitherSideOfTheOthersEnd() throws IOException {
        proxy.blackhole();
        client.setSoLinger(true, 0); // a reset
        client.close();
        accepted.setSoTimeout(300);
        assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        accepted.setSoTimeout(5_000);
        proxy.heal();
        assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void blackHoleLetsNoConnectionThrough() throws IOException {
        proxy.blackhole();
        server.setSoTimeout(300);
        try (Socket late = connect()) {
            assertThatThrownBy(() -> server.accept()).isInstanceOf(SocketTimeoutException.class);

            server.setSoTimeout(5_000);
            proxy.heal();
            server.accept().close();
            assertThat(late.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void noServerBehindIsAResetInFront() throws IOException {
        server.close();
        try (Socket late = connect()) {
            assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
