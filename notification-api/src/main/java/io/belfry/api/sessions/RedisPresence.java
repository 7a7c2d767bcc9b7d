package io.belfry.api.sessions;

import io.belfry.events.RedisKeys;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks which of the users each living gateway has. A gateway whose heartbeat stopped does not count: its sockets are gone,
 * whatever it left behind.
 */
final class RedisPresence implements Presence {

    private static final String LIVING_GATEWAYS = Script.load("living-gateways.lua");

    /** Ids in one command, so that none blocks Redis for long. */
    private static final int CHUNK = 1_000;

    private final RedisLink redis;

    RedisPresence(RedisLink redis) {
        this.redis = redis;
    }

    private record Question(List<Long> users, RedisFuture<List<Boolean>> answer) {}

    @Override
    public Optional<Set<Long>> online(Collection<Long> users) {
        try {
            Set<Long> online = new HashSet<>();
            for (Question question : ask(List.copyOf(users))) {
                List<Boolean> isMember = RedisLink.await(question.answer());
                for (int i = 0; i < isMember.size(); i++) {
                    if (isMember.get(i)) {
                        online.add(question.users().get(i));
                    }
                }
            }
            return Optional.of(online);
        } catch (RedisUnavailableException | RedisException e) {
            return Optional.empty();
        }
    }

    /** Everything at once; the answers come in the time of the slowest. */
    private List<Question> ask(List<Long> users) throws RedisUnavailableException {
        RedisClusterAsyncCommands<String, String> commands = redis.commands();
        List<Question> questions = new ArrayList<>();
        for (String gateway : livingGateways(commands)) {
            for (int from = 0; from < users.size(); from += CHUNK) {
                List<Long> chunk = users.subList(from, Math.min(from + CHUNK, users.size()));
                String[] members = chunk.stream().map(Object::toString).toArray(String[]::new);
                questions.add(new Question(chunk, commands.smismember(RedisKeys.gatewayUsers(gateway), members)));
            }
        }
        return questions;
    }

    private static List<String> livingGateways(RedisClusterAsyncCommands<String, String> commands)
            throws RedisUnavailableException {
        return RedisLink.await(commands.eval(
                LIVING_GATEWAYS,
                ScriptOutputType.MULTI,
                new String[] {RedisKeys.GATEWAYS},
                Long.toString(RedisKeys.GATEWAY_GONE_AFTER_MILLIS)));
    }
}
