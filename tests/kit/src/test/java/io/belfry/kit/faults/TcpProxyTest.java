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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private ServerSocket server = newServer();
    private TcpProxy proxy = TcpProxy.to(address(server));
    private Socket client = new Socket();
    private Socket accepted = new Socket();

    private static ServerSocket newServer() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI address(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @BeforeEach
    void connect() throws IOException {
        client = new Socket("127.0.0.1", proxy.through(address(server)).getPort());
        client.setSoTimeout(5_000);
        accepted = server.accept();
        accepted.setSoTimeout(5_000);
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
        try (Socket late =
                new Socket("127.0.0.1", proxy.through(address(server)).getPort())) {
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
        try (Socket late =
                new Socket("127.0.0.1", proxy.through(address(server)).getPort())) {
            late.setSoTimeout(5_000);
            assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
