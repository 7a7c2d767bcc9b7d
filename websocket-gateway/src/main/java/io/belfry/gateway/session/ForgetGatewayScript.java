package io.belfry.gateway.session;

import io.belfry.events.names.RedisKeys;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/** {@code forget_gateway.lua}: takes a gateway off the list, unless it has come back. */
final class ForgetGatewayScript {

    private final LuaScript script = new LuaScript("forget_gateway.lua");

    /** @return whether it was still gone */
    CompletionStage<Boolean> run(RedisClusterAsyncCommands<String, String> redis, String gateway) {
        return script.<Long>run(
                        redis,
                        ScriptOutputType.INTEGER,
                        new String[] {RedisKeys.GATEWAYS},
                        gateway,
                        Long.toString(RedisKeys.GATEWAY_GONE_AFTER_MILLIS))
                .thenApply(removed -> removed == 1);
    }
}
