package io.belfry.gateway.session;

import io.belfry.events.names.RedisKeys;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code restore_sessions.lua}: a user's sessions on one gateway become exactly those given. */
final class RestoreSessionsScript {

    private final LuaScript script = new LuaScript("restore_sessions.lua");

    /** @return when the user last signed out, as far as that still matters */
    CompletionStage<Optional<Instant>> run(
            RedisClusterAsyncCommands<String, String> redis, long user, String gateway, long... sessions) {
        List<String> args = new ArrayList<>();
        args.add(SessionName.prefix(gateway));
        for (long session : sessions) {
            args.add(SessionName.of(gateway, session));
        }
        String[] keys = {RedisKeys.userSessions(user), RedisKeys.signedOut(user)};
        return script.<String>run(redis, ScriptOutputType.VALUE, keys, args.toArray(String[]::new))
                .thenApply(
                        moment -> Optional.ofNullable(moment).map(text -> Instant.ofEpochMilli(Long.parseLong(text))));
    }
}
