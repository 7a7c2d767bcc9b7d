package io.belfry.api.servers;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * By a client of its own, which asks for the brokers in service. Producers cannot be asked: what they know of brokers they
 * remember for minutes.
 */
final class KafkaProbe implements ServerProbe, AutoCloseable {

    private static final int REQUEST_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 3_000;

    private final Admin admin;

    KafkaProbe(String bootstrap) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.CLIENT_ID_CONFIG, "notification-api-watch",
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
    public void ask() throws ExecutionException, TimeoutException, InterruptedException {
        if (admin.describeCluster()
                .nodes()
                .get(ANSWER_MILLIS + 1_000, TimeUnit.MILLISECONDS)
                .isEmpty()) {
            throw new KafkaException("no broker is in service");
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
