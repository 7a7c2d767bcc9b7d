package io.belfry.gateway.transport;

import io.belfry.gateway.connection.Inlet;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.transport.handshake.AcceptRate;
import io.belfry.gateway.transport.handshake.AddressLimit;
import io.belfry.gateway.transport.handshake.Handshake;
import io.belfry.gateway.transport.handshake.HandshakeRules;
import io.belfry.gateway.transport.handshake.Peer;
import io.belfry.gateway.transport.handshake.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * The gateway's own handling of frames with an echo behind it, for the conformance suite (profile {@code autobahn}).
 * Started by the suite's plugin with the port as its argument.
 */
public final class AutobahnEcho {

    private static final SocketSettings SETTINGS = new SocketSettings(
            new InetSocketAddress(0),
            Set.of(),
            TrustedProxies.of(""),
            100_000,
            0,
            1024 * 1024,
            16 * 1024 * 1024,
            1_000_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(600),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            Duration.ofMillis(500));

    private AutobahnEcho() {}

    public static void main(String[] args) {
        GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        SocketLoop loop = new SocketLoop((EventLoop) loops.iterator().next(), metrics, SETTINGS.sweep());
        new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        HttpRequestDecoder decoder = new HttpRequestDecoder();
                        decoder.setSingleDecode(true);
                        channel.pipeline().addLast(decoder, new HttpResponseEncoder(), new Upgrade(loop, metrics));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))
                .syncUninterruptibly();
    }

    private static final class Upgrade extends ChannelInboundHandlerAdapter {

        private final SocketLoop loop;
        private final GatewayMetrics metrics;

        Upgrade(SocketLoop loop, GatewayMetrics metrics) {
            this.loop = loop;
            this.metrics = metrics;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest request) {
                AddressLimit addresses = new AddressLimit(100_000);
                Peer peer = new Peer(InetAddress.getLoopbackAddress(), null);
                @SuppressWarnings("NullAway") // no client is asked who it is
                SocketContext context = new SocketContext(
                        SETTINGS,
                        null,
                        new HandshakeRules(Set.of()),
                        addresses,
                        new AcceptRate(0, 0),
                        metrics,
                        () -> true);
                FrameHandler frames =
                        new FrameHandler(ctx.channel(), loop, context, peer, outlet -> new Echo(ctx.channel()));
                new Handshake(SETTINGS.maxMessageBytes()).answer(request, ctx.pipeline(), frames);
                ctx.pipeline().remove(this);
                ctx.pipeline().remove(HttpRequestDecoder.class);
            }
            ReferenceCountUtil.release(message);
        }
    }

    private record Echo(Channel channel) implements Inlet {

        @Override
        public void text(String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }

        @Override
        public void tick() {}

        @Override
        public void end() {}
    }
}
