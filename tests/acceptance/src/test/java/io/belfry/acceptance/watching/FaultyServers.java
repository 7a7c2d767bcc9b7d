package io.belfry.acceptance.watching;

import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Servers for one test alone that answer, and refuse what they are told to refuse. */
final class FaultyServers {

    private final Infrastructure servers = Infrastructure.disposable(
            TestServers.temporaryFolder(),
            Infrastructure.ServerPorts.free(),
            Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true",
                    // A client that had too much waits 2 s at most, not 11.
                    "quota.window.num",
                    "2"));

    /** Started and stopped by the stack that has them. */
    Infrastructure servers() {
        return servers;
    }

    /** To every client, of these topics; all else stays allowed. */
    void deny(AclOperation operation, String... topics) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.createAcls(Stream.of(topics)
                            .map(topic -> new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL))
                            .flatMap(topic -> Stream.of(
                                    new AclBinding(topic, everyone(AclOperation.ALL, AclPermissionType.ALLOW)),
                                    new AclBinding(topic, everyone(operation, AclPermissionType.DENY))))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static AccessControlEntry everyone(AclOperation operation, AclPermissionType permission) {
        return new AccessControlEntry("User:*", "*", operation, permission);
    }

    /** What {@link #deny} forbade. */
    void allow() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
        }
    }

    /** The broker lets the client have so many bytes a second, on average. */
    void slow(String client, double bytesPerSecond) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                            new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, client)),
                            List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond)))))
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()));
    }

    /** Redis refuses the keys of all users but this one. */
    void hideUsersBut(long user) {
        redis("ACL SETUSER default resetkeys ~belfry:gateway* ~belfry:sign-outs ~belfry:user:{%d}:*".formatted(user));
    }

    void showUsers() {
        redis("ACL SETUSER default allkeys");
    }

    private void redis(String command) {
        List<String> words = List.of(command.split(" "));
        try (RedisClient client = RedisClient.create(servers.redis().url());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection
                    .sync()
                    .dispatch(
                            CommandType.valueOf(words.get(0)),
                            new StatusOutput<>(StringCodec.UTF8),
                            new CommandArgs<>(StringCodec.UTF8).addValues(words.subList(1, words.size())));
        }
    }
}
