package io.belfry.runtime.probes;

import io.belfry.runtime.kafka.KafkaAccess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the brokers in service, by a client of its own: producers remember brokers for minutes. Its client is made when
 * it is first asked, since a broker whose name does not resolve yet is a broker that is down.
 */
public final class KafkaProbe implements ServerProbe, AutoCloseable {

    private static final int REQUEST_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 3_000;

    private final Map<String, Object> settings;
    private @Nullable Admin admin;

    /** @param service names the client in the broker's log */
    public KafkaProbe(KafkaAccess kafka, String service) {
        settings = kafka.with(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, service + "-probe",
                AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, REQUEST_MILLIS,
                AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, REQUEST_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS));
    }

    @Override
    public String server() {
        return "kafka";
    }

    @Override
    public void ask() throws Exception {
        boolean none = client().describeCluster()
                .nodes()
                .get(ANSWER_MILLIS + 1_000, TimeUnit.MILLISECONDS)
                .isEmpty();
        if (none) {
            throw new KafkaException("no broker is in service");
        }
    }

    private synchronized Admin client() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
