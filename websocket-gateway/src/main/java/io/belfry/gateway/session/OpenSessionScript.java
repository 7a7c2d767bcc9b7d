package io.belfry.gateway.session;

import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.protocol.InboxNumbers;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code open_session.lua}: adds a session, unless its user has signed out since. */
final class OpenSessionScript {

    /**
     * @param numbers of the user's inbox; null = unknown
     * @param evicted sessions that had to make room, {@code <gateway>/<number>}
     */
    record Opened(boolean signedOut, @Nullable InboxNumbers numbers, List<String> evicted) {}

    private final LuaScript script = new LuaScript("open_session.lua");

    CompletionStage<Opened> run(
            RedisClusterAsyncCommands<String, String> redis,
            long user,
            String session,
            @Nullable Instant issuedAt,
            int limit) {
        String[] keys = {RedisKeys.userSessions(user), RedisKeys.signedOut(user), RedisKeys.inboxNumbers(user)};
        return script.<List<String>>run(
                        redis,
                        ScriptOutputType.MULTI,
                        keys,
                        session,
                        Long.toString(issuedAt == null ? -1 : issuedAt.toEpochMilli()),
                        Integer.toString(limit))
                .thenApply(OpenSessionScript::opened);
    }

    private static Opened opened(List<String> answer) {
        return answer.get(0).equals("0")
                ? new Opened(true, null, List.of())
                : new Opened(false, NumbersText.read(answer.get(1)), answer.subList(2, answer.size()));
    }
}
