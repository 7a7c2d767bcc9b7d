package io.belfry.gateway.session;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/**
 * One file of Lua beside this package. Sent whole each time: a few hundred bytes, and no script is ever missing on a
 * server that was started anew.
 */
final class LuaScript {

    private final String source;

    LuaScript(String file) {
        try (InputStream in = LuaScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            this.source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<String, String> redis, ScriptOutputType output, String[] keys, String... args) {
        return redis.eval(source, output, keys, args);
    }
}
