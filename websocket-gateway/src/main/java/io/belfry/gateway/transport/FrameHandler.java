package io.belfry.gateway.transport;

import io.belfry.gateway.connection.Outlet;
import io.belfry.gateway.conversation.Conversation;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.FrameCodec;
import io.belfry.gateway.protocol.ServerFrame;
import io.belfry.gateway.protocol.SharedFrame;
import io.belfry.gateway.transport.Deadlines.Deadline;
import io.belfry.gateway.transport.MessageAssembler.TooBigException;
import io.belfry.gateway.transport.handshake.HandshakeRules.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open WebSocket: frames in to its {@link Conversation}, frames out as its {@link Outlet}, heartbeat, limits, and the
 * closing handshake. On its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write reaches exceptionCaught through the void promise
final class FrameHandler extends ChannelInboundHandlerAdapter implements Outlet, Deadlines.Swept {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

    /** What the close of a connection without a close frame is called. */
    private static final int NO_CLOSE_FRAME = CloseCode.ABNORMAL.number();

    private static final int MAX_CLOSE_CODE = 4999;

    private final SocketLoop loop;
    private final SocketContext context;
    private final SocketSettings settings;
    private final Channel channel;
    private final Peer peer;
    private final Conversation conversation;
    private final MessageAssembler messages;
    private final FrameAllowance allowance;

    /** Writes from here pass below the frame encoder. */
    private @Nullable ChannelHandlerContext belowEncoder;

    private @Nullable Deadline deadline;
    private long pingDue;
    private boolean pingUnanswered;

    /** The code of the first close frame, of either side; 0 = none yet. From then on the deadline is that of the close. */
    private int closedWith;

    FrameHandler(Channel channel, SocketLoop loop, SocketContext context, Peer peer) {
        this.channel = channel;
        this.loop = loop;
        this.context = context;
        this.settings = context.settings();
        this.peer = peer;
        this.conversation = new Conversation(context.conversations(), loop.shard(), this);
        this.messages = new MessageAssembler(settings.maxMessageBytes());
        this.allowance = new FrameAllowance(
                settings.maxFrames(), Math.toIntExact(settings.framesWindow().toMillis()));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        belowEncoder = ctx.pipeline().context(WebSocketFrameEncoder.class);
        pingDue = SocketLoop.nowMillis()
                + ThreadLocalRandom.current().nextLong(settings.heartbeat().toMillis());
        deadline = loop.deadlines().add(this, SocketLoop.nowMillis());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline().remove();
        messages.release();
        conversation.end();
        context.addresses().release(peer.address());
        int code = closedWith == 0 ? NO_CLOSE_FRAME : closedWith;
        context.metrics().closed(code);
        LOG.info("closed {}: {}, {}", code, conversation, peer);
    }

    Conversation conversation() {
        return conversation;
    }

    // In

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof CloseWebSocketFrame close) {
                closedByPeer(close);
            } else if (closedWith == 0 && message instanceof WebSocketFrame frame) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(WebSocketFrame frame) {
        if (counts(frame) && !allowance.take(SocketLoop.nowMillis())) {
            close(CloseCode.TOO_MANY_FRAMES);
        } else if (frame instanceof PingWebSocketFrame ping) {
            channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), channel.voidPromise());
        } else if (frame instanceof PongWebSocketFrame) {
            pingUnanswered = false;
        } else if (frame instanceof BinaryWebSocketFrame) {
            close(CloseCode.UNSUPPORTED_DATA);
        } else {
            readText(frame);
        }
    }

    /** A message counts once, however it is cut, and the answer to our own ping not at all. */
    private boolean counts(WebSocketFrame frame) {
        return !(frame instanceof ContinuationWebSocketFrame)
                && !(frame instanceof PongWebSocketFrame && pingUnanswered);
    }

    private void readText(WebSocketFrame fragment) {
        try {
            String text = messages.add(fragment.content(), fragment.isFinalFragment(), channel.alloc());
            if (text != null) {
                conversation.text(text);
            }
        } catch (TooBigException e) {
            close(CloseCode.MESSAGE_TOO_BIG);
        } catch (CharacterCodingException e) {
            close(CloseCode.INVALID_PAYLOAD);
        }
    }

    private void closedByPeer(CloseWebSocketFrame close) {
        if (closedWith == 0) {
            int code = close.statusCode();
            closedWith = code == -1 ? CloseCode.NO_STATUS.number() : code;
            conversation.end();
            channel.writeAndFlush(answer(code)).addListener(ChannelFutureListener.CLOSE);
            setCloseDeadline();
        } else {
            channel.close();
        }
    }

    /** The same code, or none for none; what no range of RFC 6455 holds is an error, which Netty lets pass. */
    private static CloseWebSocketFrame answer(int code) {
        if (code == -1) {
            return new CloseWebSocketFrame();
        }
        return new CloseWebSocketFrame(code <= MAX_CLOSE_CODE ? code : CloseCode.PROTOCOL_ERROR.number(), "");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            // The decoder reads nothing after this, not even a close frame: the end of our side is all we can say more.
            boolean first = closedWith == 0;
            close(CloseCode.of(corrupted.closeStatus().code()).orElse(CloseCode.PROTOCOL_ERROR));
            if (first && channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        } else if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            channel.close();
        } else {
            LOG.error("a socket failed", cause);
            close(CloseCode.INTERNAL_ERROR);
        }
    }

    // Out

    @Override
    public void send(ServerFrame frame) {
        byte[] payload = FrameCodec.encode(frame);
        if (mayWrite(payload.length)) {
            below().writeAndFlush(FrameWriter.text(payload, channel.alloc()), channel.voidPromise());
        }
    }

    @Override
    public boolean accepts(SharedFrame frame) {
        // The last two hold for every active channel; they are asked so that all that a write reads has been read.
        return mayWrite(FrameWriter.maxLength(frame)) && channel.isOpen() && !below().isRemoved();
    }

    @Override
    public boolean write(SharedFrame frame, long seq, long unread) {
        int bytes = FrameWriter.maxLength(frame);
        if (loop.outgoingBytes() + bytes > channel.bytesBeforeUnwritable()) {
            flush();
        }
        boolean written = mayWrite(bytes);
        if (written) {
            loop.add(frame, seq, unread, channel.alloc());
        }
        return written;
    }

    @Override
    public void flush() {
        ByteBuf frames = loop.takeOutgoing();
        if (frames != null && closedWith == 0) {
            below().writeAndFlush(frames, channel.voidPromise());
        } else if (frames != null) {
            frames.release(); // nothing may follow a close frame
        }
    }

    private boolean mayWrite(int bytes) {
        if (closedWith != 0 || !channel.isActive()) {
            return false;
        }
        if (bytes > channel.bytesBeforeUnwritable()) {
            context.metrics().slowConsumer();
            close(CloseCode.TOO_SLOW);
            return false;
        }
        return true;
    }

    private ChannelHandlerContext below() {
        if (belowEncoder == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return belowEncoder;
    }

    @Override
    public void close(CloseCode code) {
        if (closedWith == 0) {
            closedWith = code.number();
            setCloseDeadline();
            conversation.end();
            messages.release();
            channel.writeAndFlush(new CloseWebSocketFrame(code.number(), code.reason()), channel.voidPromise());
        }
    }

    private void setCloseDeadline() {
        deadline().set(SocketLoop.nowMillis() + settings.closeTimeout().toMillis());
    }

    private Deadline deadline() {
        if (deadline == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return deadline;
    }

    // Deadlines

    @Override
    public long sweep(long nowMillis) {
        if (closedWith != 0) {
            channel.close();
            return nowMillis + settings.closeTimeout().toMillis();
        }
        long conversationDue = nowMillis + conversation.tick();
        if (closedWith == 0 && nowMillis >= pingDue) {
            if (pingUnanswered) {
                close(CloseCode.GOING_AWAY);
            } else {
                pingUnanswered = true;
                pingDue += settings.heartbeat().toMillis();
                channel.writeAndFlush(new PingWebSocketFrame(), channel.voidPromise());
            }
        }
        return closedWith == 0
                ? Math.min(conversationDue, pingDue)
                : nowMillis + settings.closeTimeout().toMillis();
    }

    @Override
    public void abandon() {
        channel.close();
    }
}
