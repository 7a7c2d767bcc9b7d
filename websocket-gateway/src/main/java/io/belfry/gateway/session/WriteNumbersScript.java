package io.belfry.gateway.session;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.RedisKeys;
import io.belfry.gateway.session.NumbersBacklog.Entry;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code write_numbers.lua}: inboxes have changed, each to these numbers at least. */
final class WriteNumbersScript {

    private final LuaScript script = new LuaScript("write_numbers.lua");

    /** @param entries in a cluster one only: the keys of two users are in different slots */
    CompletionStage<?> run(RedisClusterAsyncCommands<String, String> redis, List<Entry> entries) {
        String[] keys = new String[entries.size()];
        String[] args = new String[1 + 3 * keys.length];
        args[0] = Long.toString(RedisKeys.INBOX_NUMBERS_LIVE_MILLIS);
        for (int i = 0; i < keys.length; i++) {
            Recipient recipient = entries.get(i).recipient();
            keys[i] = RedisKeys.inboxNumbers(recipient.user());
            args[3 * i + 1] = entries.get(i).epoch();
            args[3 * i + 2] = Long.toString(recipient.seq());
            args[3 * i + 3] = Long.toString(recipient.unread());
        }
        return script.run(redis, ScriptOutputType.STATUS, keys, args);
    }
}
