package io.belfry.api.sessions;

import io.belfry.events.names.RedisKeys;
import io.belfry.runtime.redis.LuaScript;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.redis.RedisUnavailableException;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/**
 * Who has a socket open, on whichever gateway: each live gateway is asked which of the users it has. A gateway whose heartbeat
 * stopped does not count: its sockets are gone, whatever it left behind. Safe for use by many threads.
 */
@Component
public final class Presence {

    private static final LuaScript LIVE_GATEWAYS = new LuaScript(Presence.class, "living-gateways.lua");

    /** Ids in one command, so that none blocks Redis for long. */
    private static final int CHUNK = 1_000;

    private final RedisConnection redis;

    Presence(RedisConnection redis) {
        this.redis = redis;
    }

    private record Question(List<Long> users, CompletionStage<List<Boolean>> answer) {}

    /** @return those of these users who are online; empty if that is not known */
    public Optional<Set<Long>> online(Collection<Long> users) {
        try {
            Set<Long> online = new HashSet<>();
            for (Question question : ask(List.copyOf(users))) {
                List<Boolean> isMember = RedisConnection.await(question.answer());
                for (int i = 0; i < isMember.size(); i++) {
                    if (isMember.get(i)) {
                        online.add(question.users().get(i));
                    }
                }
            }
            return Optional.of(online);
        } catch (RedisUnavailableException e) {
            return Optional.empty();
        }
    }

    /** When each of a user's sessions was opened, oldest first; empty if that is not known. */
    public Optional<List<Instant>> sessions(long user) {
        try {
            return Optional.of(
                    redis.await(commands -> commands.zrangeWithScores(RedisKeys.userSessions(user), 0, -1)).stream()
                            .map(session -> Instant.ofEpochMilli((long) session.getScore()))
                            .toList());
        } catch (RedisUnavailableException e) {
            return Optional.empty();
        }
    }

    /** Everything at once; the answers come in the time of the slowest. */
    private List<Question> ask(List<Long> users) throws RedisUnavailableException {
        List<Question> questions = new ArrayList<>();
        for (String gateway : liveGateways()) {
            for (int from = 0; from < users.size(); from += CHUNK) {
                List<Long> chunk = users.subList(from, Math.min(from + CHUNK, users.size()));
                String[] members = chunk.stream().map(Object::toString).toArray(String[]::new);
                questions.add(new Question(
                        chunk, redis.run(commands -> commands.smismember(RedisKeys.gatewayUsers(gateway), members))));
            }
        }
        return questions;
    }

    private List<String> liveGateways() throws RedisUnavailableException {
        return RedisConnection.await(LIVE_GATEWAYS.<List<String>>run(
                redis,
                ScriptOutputType.MULTI,
                new String[] {RedisKeys.GATEWAYS},
                Long.toString(RedisKeys.GATEWAY_GONE_AFTER_MILLIS)));
    }
}
