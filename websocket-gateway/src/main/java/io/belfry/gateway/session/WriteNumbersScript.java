package io.belfry.gateway.session;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code write_numbers.lua}: inboxes have changed, each to these numbers at least. */
final class WriteNumbersScript {

    private final LuaScript script = new LuaScript("write_numbers.lua");

    /** @param recipients in a cluster one only: the keys of two users are in different slots */
    CompletionStage<?> run(RedisClusterAsyncCommands<String, String> redis, String epoch, List<Recipient> recipients) {
        String[] keys = new String[recipients.size()];
        String[] args = new String[2 + 2 * keys.length];
        args[0] = Long.toString(RedisKeys.INBOX_NUMBERS_LIVE_MILLIS);
        args[1] = epoch;
        for (int i = 0; i < keys.length; i++) {
            Recipient recipient = recipients.get(i);
            keys[i] = RedisKeys.inboxNumbers(recipient.user());
            args[2 * i + 2] = Long.toString(recipient.seq());
            args[2 * i + 3] = Long.toString(recipient.unread());
        }
        return script.run(redis, ScriptOutputType.STATUS, keys, args);
    }
}
