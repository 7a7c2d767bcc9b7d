package io.belfry.gateway.session;

import io.belfry.events.names.RedisKeys;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code beat.lua}: this gateway lives; which do not? */
final class BeatScript {

    /**
     * @param wasGone this gateway was unknown or counted as gone until now
     * @param gone other gateways whose heartbeat has stopped
     */
    record Beat(boolean wasGone, List<String> gone) {}

    private final LuaScript script = new LuaScript("beat.lua");

    CompletionStage<Beat> run(RedisClusterAsyncCommands<String, String> redis, String gateway) {
        return script.<List<String>>run(
                        redis,
                        ScriptOutputType.MULTI,
                        new String[] {RedisKeys.GATEWAYS},
                        gateway,
                        Long.toString(RedisKeys.GATEWAY_GONE_AFTER_MILLIS))
                .thenApply(answer -> new Beat(answer.get(0).equals("1"), answer.subList(1, answer.size())));
    }
}
