package io.belfry.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static String client(String trusted, String peer, String... forwardedFor) {
        return TrustedProxies.of(trusted)
                .clientAddress(NetUtil.createInetAddressFromIpAddressString(peer), List.of(forwardedFor))
                .getHostAddress();
    }

    @Test
    void believesNoProxyByDefault() {
        assertThat(client("", "10.0.0.1", "1.2.3.4")).isEqualTo("10.0.0.1");
    }

    @Test
    void believesATrustedProxyAboutItsOwnClientOnly() {
        assertThat(client("10.0.0.0/8", "10.0.0.1", "6.6.6.6, 1.2.3.4")).isEqualTo("1.2.3.4");
        assertThat(client("10.0.0.0/8", "9.9.9.9", "1.2.3.4")).isEqualTo("9.9.9.9");
    }

    @Test
    void looksThroughAChainOfTrustedProxies() {
        assertThat(client("10.0.0.0/8,192.168.1.1", "10.0.0.1", "6.6.6.6, 1.2.3.4", "192.168.1.1"))
                .isEqualTo("1.2.3.4");
    }

    @Test
    void stopsAtWhatIsNoAddress() {
        assertThat(client("10.0.0.1", "10.0.0.1", "1.2.3.4, unknown")).isEqualTo("10.0.0.1");
        assertThat(client("10.0.0.1", "10.0.0.1", "1.2.3.4:x")).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4:5678, 1.2.3.4",
        "2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]:5678, 2001:db8:0:0:0:0:0:7"
    })
    void readsEveryFormOfAnAddress(String written, String address) {
        assertThat(client("::1", "::1", written)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0"})
    void refusesWhatIsNoNetwork(String list) {
        assertThatThrownBy(() -> TrustedProxies.of(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
