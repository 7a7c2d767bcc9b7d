package io.belfry.runtime.redis;

import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/**
 * A file of Lua beside a class. Sent whole each time: a few hundred bytes, and no script is ever missing on a server that
 * was started anew. Immutable.
 */
public final class LuaScript {

    private final String source;

    /** @throws IllegalStateException if the file is not beside the class */
    public LuaScript(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            this.source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link RedisConnection#run}. */
    public <T> CompletionStage<T> run(
            RedisConnection redis, ScriptOutputType output, String[] keys, String... arguments) {
        return redis.run(commands -> commands.eval(source, output, keys, arguments));
    }
}
