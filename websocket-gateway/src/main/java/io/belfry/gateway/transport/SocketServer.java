package io.belfry.gateway.transport;

import io.belfry.gateway.connection.ConnectionRegistry;
import io.belfry.gateway.conversation.ConversationContext;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.transport.handshake.AcceptRate;
import io.belfry.gateway.transport.handshake.AddressLimit;
import io.belfry.gateway.transport.handshake.HandshakeRules;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for clients. One event loop a core serves them all; epoll where there is one, else NIO. */
public final class SocketServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);

    private static final int MAX_REQUEST_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 8 * 1024;
    private static final int BACKLOG = 4096;

    private final SocketSettings settings;
    private final EventLoopGroup acceptors;
    private final EventLoopGroup loops;
    private final Class<? extends ServerChannel> channelType;
    private final Map<EventLoop, SocketLoop> socketLoops = new HashMap<>();
    private final ConnectionRegistry connections;
    private final @Nullable Tls tls;
    private @Nullable Channel listening;

    public SocketServer(SocketSettings settings, GatewayMetrics metrics) {
        this.settings = settings;
        this.tls = settings.certificate() == null ? null : new Tls(settings.certificate());
        boolean epoll = Epoll.isAvailable();
        if (!epoll) {
            LOG.warn("epoll is not available, NIO serves the sockets: {}", String.valueOf(Epoll.unavailabilityCause()));
        }
        metrics.gauge("belfry.gateway.epoll", "1 = epoll serves the sockets, 0 = NIO", epoll, yes -> yes ? 1 : 0);
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.channelType = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        this.acceptors = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("accept"), io);
        this.loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("sockets"), io);
        for (EventExecutor loop : loops) {
            socketLoops.put((EventLoop) loop, new SocketLoop((EventLoop) loop, metrics, settings.sweep()));
        }
        this.connections = new ConnectionRegistry(
                socketLoops.values().stream().map(SocketLoop::shard).toList());
    }

    /** Who is connected. */
    public ConnectionRegistry connections() {
        return connections;
    }

    /**
     * Binds and accepts.
     *
     * @param open whether new sockets are let in at the moment; those that are not are told to try again
     * @throws UncheckedIOException if the address cannot be bound
     */
    public void start(ConversationContext conversations, GatewayMetrics metrics, BooleanSupplier open) {
        SocketContext context = new SocketContext(
                settings,
                conversations,
                new HandshakeRules(settings.origins()),
                new AddressLimit(settings.maxPerAddress()),
                new AcceptRate(settings.maxAcceptsPerSecond(), System.nanoTime()),
                metrics,
                open);
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptors, loops)
                .channel(channelType)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 512, 8 * 1024))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(settings.maxOutboundBytes() / 2, settings.maxOutboundBytes()))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        begin(channel, context);
                    }
                })
                .bind(settings.address())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException("cannot listen on " + settings.address(), new IOException(bound.cause()));
        }
        listening = bound.channel();
    }

    private void begin(Channel channel, SocketContext context) {
        SocketLoop loop = socketLoops.get(channel.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("not one of our event loops");
        }
        HttpRequestDecoder decoder = new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS));
        decoder.setSingleDecode(true); // what follows the handshake is frames, never a second request
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(decoder, new HttpResponseEncoder(), new HandshakeHandler(channel, loop, context));
    }

    /** Where it listens, once started. */
    public InetSocketAddress address() {
        if (listening == null) {
            throw new IllegalStateException("not started");
        }
        return (InetSocketAddress) listening.localAddress();
    }

    /** Stops listening and drops what is still connected. */
    @Override
    public void close() {
        if (tls != null) {
            tls.close();
        }
        if (listening != null) {
            listening.close().syncUninterruptibly();
        }
        socketLoops.forEach(
                (loop, socketLoop) -> loop.execute(() -> socketLoop.deadlines().abandonAll()));
        var acceptorsDone = acceptors.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        // A moment of quiet: what a hung up socket leaves behind is tidied by tasks of its loop.
        var loopsDone = loops.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS);
        acceptorsDone.awaitUninterruptibly(3, TimeUnit.SECONDS);
        loopsDone.awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
