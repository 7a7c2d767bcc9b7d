package io.belfry.gateway.transport;

import io.belfry.gateway.conversation.Admission;
import io.belfry.gateway.conversation.Conversation;
import io.belfry.gateway.conversation.Refusal;
import io.belfry.gateway.conversation.Verdict;
import io.belfry.gateway.conversation.Verdict.Identified;
import io.belfry.gateway.transport.Deadlines.Deadline;
import io.belfry.gateway.transport.handshake.Credentials;
import io.belfry.gateway.transport.handshake.Handshake;
import io.belfry.gateway.transport.handshake.HandshakeRules.Peer;
import io.belfry.gateway.transport.handshake.HttpRefusal;
import io.belfry.runtime.network.TrustedProxies;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection until its handshake is answered: one request, one answer. Then it puts a {@link FrameHandler} in its
 * place, or says why not and hangs up. On its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of a failed write the connection's end tells
final class HandshakeHandler extends ChannelInboundHandlerAdapter implements Deadlines.Swept {

    private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);

    private final Channel channel;
    private final SocketLoop loop;
    private final SocketContext context;
    private final Deadline deadline;
    private boolean requested;

    /** Set while this connection counts for its address. */
    private @Nullable Peer peer;

    HandshakeHandler(Channel channel, SocketLoop loop, SocketContext context) {
        this.channel = channel;
        this.loop = loop;
        this.context = context;
        this.deadline = loop.deadlines()
                .add(
                        this,
                        SocketLoop.nowMillis()
                                + context.settings().handshakeTimeout().toMillis());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.remove();
        if (peer != null) {
            context.addresses().release(peer.address());
            peer = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!requested && message instanceof HttpRequest request) {
                requested = true;
                answer(request);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answer(HttpRequest request) {
        Optional<HttpRefusal> refusal = context.rules().refuse(request);
        if (refusal.isPresent()) {
            refuse(refusal.get());
        } else if (!context.open().getAsBoolean()) {
            refuse(HttpRefusal.unavailable("not ready"));
        } else {
            Peer from = new Peer(
                    context.settings()
                            .trustedProxies()
                            .clientAddress(
                                    ((InetSocketAddress) channel.remoteAddress()).getAddress(),
                                    request.headers().getAll(TrustedProxies.FORWARDED_FOR)),
                    request.headers().get(HttpHeaderNames.ORIGIN));
            enter(request, from);
        }
    }

    private void enter(HttpRequest request, Peer from) {
        if (!context.addresses().acquire(from.address())) {
            refuse(HttpRefusal.unavailable("too many connections of this address"));
            return;
        }
        peer = from;
        Credentials credentials = Credentials.of(request.headers());
        Admission admission = context.conversations().admission();
        String token = credentials.header() != null ? credentials.header() : credentials.subprotocol();
        Verdict verdict = token == null ? null : admission.identify(token);
        if (credentials.header() != null && verdict instanceof Refusal refused) {
            refuse(refusal(refused));
        } else if (!isWithinRate(verdict, from)) {
            context.metrics().overAcceptRate();
            refuse(HttpRefusal.unavailable("too many at once"));
        } else if (credentials.header() != null && verdict != null) {
            long session = admission.nextSession();
            channel.config().setAutoRead(false); // nothing is due before the answer
            admission
                    .enter(verdict, session)
                    .thenAcceptAsync(entered -> entered(entered, session, request, from), channel.eventLoop());
        } else {
            Conversation conversation = upgrade(request, from);
            if (verdict != null) {
                conversation.enter(verdict);
            }
            channel.pipeline().remove(HttpRequestDecoder.class);
        }
    }

    /** What brings a bad token becomes no session: it takes nothing from the rate that is for those. */
    private boolean isWithinRate(@Nullable Verdict verdict, Peer from) {
        long now = System.nanoTime();
        return (verdict instanceof Identified || context.rate().takeUnproven(from.address(), now))
                && (verdict instanceof Refusal || context.rate().take(now));
    }

    private void entered(Verdict verdict, long session, HttpRequest request, Peer from) {
        if (verdict instanceof Refusal refused) {
            refuse(refusal(refused));
            channel.config().setAutoRead(true);
        } else if (verdict instanceof Identified who) {
            if (!channel.isActive()) {
                context.conversations().admission().leave(who.user(), session);
                return;
            }
            upgrade(request, from).begin(who, session);
            channel.pipeline().remove(HttpRequestDecoder.class);
            channel.config().setAutoRead(true);
        }
    }

    private static HttpRefusal refusal(Refusal refusal) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(refusal.httpStatus());
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            return HttpRefusal.unauthorized();
        }
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            return HttpRefusal.unavailable("no token can be checked now");
        }
        return HttpRefusal.of(
                status, refusal == Refusal.WRONG_SHARD ? "GET /api/me/ tells where to go" : "this token has no inbox");
    }

    /** The request decoder is left to be removed, see {@link Handshake#answer}. */
    private Conversation upgrade(HttpRequest request, Peer from) {
        FrameHandler frames = new FrameHandler(channel, loop, context, from);
        new Handshake(context.settings().maxMessageBytes()).answer(request, channel.pipeline(), frames);
        peer = null; // the FrameHandler's from here on
        deadline.remove();
        channel.pipeline().remove(this);
        LOG.debug("opened: {}", from);
        return frames.conversation();
    }

    private void refuse(HttpRefusal refusal) {
        context.metrics().refused(refusal.status().code());
        LOG.info("refused {}: {}: {}", refusal.status().code(), refusal.detail(), channel.remoteAddress());
        // Our side ends first and the rest is read away: closing with unread bytes would destroy the answer on its way.
        channel.writeAndFlush(refusal.response()).addListener((ChannelFutureListener) written -> {
            if (written.channel() instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                written.channel().close();
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException || cause.getCause() instanceof SSLException)) {
            LOG.warn("a handshake failed: {}", cause.toString());
        }
        channel.close();
    }

    @Override
    public long sweep(long nowMillis) {
        channel.close();
        return nowMillis + context.settings().handshakeTimeout().toMillis();
    }

    @Override
    public void abandon() {
        channel.close();
    }
}
