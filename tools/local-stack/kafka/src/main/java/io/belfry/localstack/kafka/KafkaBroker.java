package io.belfry.localstack.kafka;

import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * The broker process: formats its storage when that is new, then runs Kafka until it is told to stop. One JVM start
 * instead of the two of Kafka's own scripts. Arguments: the properties file, the cluster id.
 */
final class KafkaBroker {

    private KafkaBroker() {}

    public static void main(String[] args) {
        String properties = args[0];
        String[] format = {"format", "--config", properties, "--cluster-id", args[1], "--ignore-formatted"};
        int status = StorageTool.execute(format, System.out);
        if (status != 0) {
            System.exit(status);
        }
        Kafka.main(new String[] {properties});
    }
}
