package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.belfry.api.problem.ProblemException;
import io.belfry.api.support.RawHttp;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is bounded below MVC. */
class HttpProtocolTest {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector(HttpProtocol.class.getName());
    private final List<RawHttp> open = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tomcat.setBaseDir(folder.toString());
        connector.setPort(0);
        ((HttpProtocol) connector.getProtocolHandler()).setMaxPerAddress(3);
        tomcat.setConnector(connector);
        tomcat.addContext("", folder.toString());
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (RawHttp connection : open) {
            connection.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    private String answer(String from) throws IOException {
        RawHttp connection = new RawHttp(connector.getLocalPort(), from);
        open.add(connection);
        try {
            return connection.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read(8);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void oneAddressLeavesConnectionsForOthers() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(answer("127.0.0.1")).isEqualTo("HTTP/1.1");
        }

        assertThat(answer("127.0.0.1")).isEmpty();
        assertThat(answer("127.0.0.2")).isEqualTo("HTTP/1.1");
        open.get(0).close();
        await().until(() -> answer("127.0.0.1").equals("HTTP/1.1"));
    }

    @Test
    void callsShareTheirMemory() {
        CallMemory memory = new CallMemory(10);
        memory.take(6);

        assertThatThrownBy(() -> memory.take(5))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().headers()).containsEntry("Retry-After", "2"));

        memory.giveBack();
        memory.take(10);
    }
}
