package io.belfry.gateway.transport;

import io.belfry.runtime.periodic.PeriodicTasks;
import io.belfry.runtime.tls.ServerCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS 1.3 with a certificate whose files are looked at every 2 s: new sockets see a new one, open ones stay. Files that
 * cannot be read, or do not fit each other, leave the former certificate. Safe for use by many threads.
 */
final class Tls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final ServerCertificate files;
    private final PeriodicTasks looks = new PeriodicTasks("tls", 1);
    private List<FileTime> read;
    private volatile SslContext context;

    /** @throws IllegalArgumentException if the files are no certificate and its key */
    Tls(ServerCertificate files) {
        this.files = files;
        try {
            read = changed();
            context = context();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("BELFRY_GATEWAY_TLS_CERTIFICATE and _KEY: " + e.getMessage(), e);
        }
        looks.every(LOOK_EVERY, this::readIfChanged);
    }

    SslHandler newHandler(ByteBufAllocator buffers) {
        return context.newHandler(buffers);
    }

    private void readIfChanged() {
        try {
            List<FileTime> now = changed();
            if (!now.equals(read)) {
                read = now;
                context = context();
                LOG.info("the certificate was changed");
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("the certificate was changed and the former one stays: {}", e.toString());
        }
    }

    private List<FileTime> changed() throws IOException {
        return List.of(Files.getLastModifiedTime(files.chain()), Files.getLastModifiedTime(files.key()));
    }

    private SslContext context() throws IOException {
        return SslContextBuilder.forServer(files.chain().toFile(), files.key().toFile())
                .protocols("TLSv1.3")
                .build();
    }

    @Override
    public void close() {
        looks.close();
    }
}
