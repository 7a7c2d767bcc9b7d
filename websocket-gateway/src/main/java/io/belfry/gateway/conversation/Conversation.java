package io.belfry.gateway.conversation;

import io.belfry.events.InboxCommand;
import io.belfry.gateway.connection.Connection;
import io.belfry.gateway.connection.ConnectionShard;
import io.belfry.gateway.connection.Outlet;
import io.belfry.gateway.conversation.Verdict.Identified;
import io.belfry.gateway.presence.SessionName;
import io.belfry.gateway.protocol.ClientFrame;
import io.belfry.gateway.protocol.ClientFrame.Authenticate;
import io.belfry.gateway.protocol.ClientFrame.MarkAllRead;
import io.belfry.gateway.protocol.ClientFrame.MarkRead;
import io.belfry.gateway.protocol.ClientFrame.Ping;
import io.belfry.gateway.protocol.ClientFrame.Unusable;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.FrameCodec;
import io.belfry.gateway.protocol.FrameCodec.BadFrameException;
import io.belfry.gateway.protocol.ServerFrame.Ack;
import io.belfry.gateway.protocol.ServerFrame.Authenticated;
import io.belfry.gateway.protocol.ServerFrame.ErrorCode;
import io.belfry.gateway.protocol.ServerFrame.Failure;
import io.belfry.gateway.protocol.ServerFrame.Pong;
import io.belfry.gateway.protocol.ServerFrame.Welcome;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's conversation, from the handshake to the end. Called on the socket's event loop only; what it waits for
 * comes back to that loop.
 *
 * <p>A client is silent, then asks to be let in, then is connected; frames that come while it is being let in wait for
 * that, in their order.
 */
public final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private static final long LOOK_MILLIS = 5_000;

    private final ConversationContext context;
    private final ConnectionShard shard;
    private final Outlet outlet;
    private final long begunAt = System.nanoTime();

    /** Frames that came while the client is being let in; null = it is not being let in now. */
    private @Nullable Queue<ClientFrame> waiting;

    private @Nullable Connection connection;
    private long aliveUntilMillis;
    private boolean ended;

    public Conversation(ConversationContext context, ConnectionShard shard, Outlet outlet) {
        this.context = context;
        this.shard = shard;
        this.outlet = outlet;
    }

    /**
     * The client has offered a token.
     *
     * @param verdict of {@link Admission#identify}
     */
    public void enter(Verdict verdict) {
        waiting = new ArrayDeque<>();
        long session = context.admission().nextSession();
        var unused = context.admission()
                .enter(verdict, session)
                .thenAcceptAsync(entered -> entered(entered, session), shard.loop());
    }

    private void entered(Verdict verdict, long session) {
        if (verdict instanceof Refusal refused) {
            outlet.close(refused.closeCode());
        } else if (verdict instanceof Identified who && ended) {
            context.admission().leave(who.user(), session);
        } else if (verdict instanceof Identified who) {
            Queue<ClientFrame> early = waiting;
            waiting = null;
            begin(who, session);
            if (early != null) {
                early.forEach(this::receive);
            }
        }
    }

    /** The client is let in. */
    public void begin(Identified who, long session) {
        Connection made = new Connection(who.user(), session, who.issuedAt(), outlet);
        connection = made;
        setExpiry(who.expiresAt());
        // Both on the loop that delivers: whatever is delivered from now on comes after the welcome.
        shard.add(made);
        outlet.send(new Welcome(
                SessionName.of(context.gateway(), session),
                who.user(),
                context.clock().instant(),
                context.settings().heartbeat().toSeconds(),
                context.settings().check().toSeconds(),
                who.expiresAt(),
                who.hint()));
        LOG.info("entered: {}", this);
        // A sign-out between the first look and now was told before there was a connection to hear of it.
        var unused = context.admission().isSignedOut(who).thenAcceptAsync(this::endIfSignedOut, shard.loop());
    }

    private void endIfSignedOut(boolean signedOut) {
        if (signedOut) {
            outlet.close(CloseCode.SIGNED_OUT);
        }
    }

    /** A whole message of the client. */
    public void text(String text) {
        try {
            ClientFrame frame = FrameCodec.decode(text);
            if (waiting != null) {
                waiting.add(frame);
            } else {
                receive(frame);
            }
        } catch (BadFrameException e) {
            outlet.close(CloseCode.BAD_FRAME);
        }
    }

    private void receive(ClientFrame frame) {
        if (ended) {
            return;
        }
        Connection present = connection;
        if (present == null) {
            if (frame instanceof Authenticate first) {
                enter(context.admission().identify(first.token()));
            } else {
                outlet.close(CloseCode.BAD_TOKEN);
            }
            return;
        }
        try {
            act(frame, present);
        } catch (Throwable e) { // the JVM's errors too: the client waits for an answer
            fail(frame, e);
        }
    }

    private void fail(ClientFrame frame, Throwable failure) {
        LOG.error("a frame {} failed", frame.getClass().getSimpleName(), failure);
        outlet.send(new Failure(ErrorCode.INTERNAL, "this should not have happened", frame.ref()));
    }

    private void act(ClientFrame frame, Connection present) {
        if (frame instanceof Authenticate renewal) {
            renew(renewal, present);
        } else if (frame instanceof MarkRead command) {
            publish(InboxCommand.markRead(present.user(), command.id()), frame);
        } else if (frame instanceof MarkAllRead command) {
            publish(InboxCommand.markAllRead(present.user(), command.upTo()), frame);
        } else if (frame instanceof Unusable unusable) {
            outlet.send(new Failure(ErrorCode.BAD_REQUEST, unusable.problem(), frame.ref()));
        } else if (frame instanceof Ping) {
            outlet.send(new Pong());
        } else {
            throw new IllegalStateException("a frame that is not acted upon");
        }
    }

    private void publish(InboxCommand command, ClientFrame frame) {
        var unused = context.commands()
                .apply(command)
                .whenCompleteAsync((done, failure) -> published(frame, failure), shard.loop());
    }

    private void published(ClientFrame frame, @Nullable Throwable failure) {
        String ref = frame.ref();
        if (failure instanceof Error) { // Kafka's absence is an exception
            fail(frame, failure);
        } else if (failure != null) {
            LOG.debug("a command was not taken: {}", failure.toString());
            outlet.send(new Failure(ErrorCode.UNAVAILABLE, "not taken; try again", ref));
        } else if (ref != null) {
            outlet.send(new Ack(ref));
        }
    }

    private void renew(Authenticate frame, Connection present) {
        var unused = context.admission()
                .renew(frame.token())
                .thenAcceptAsync(verdict -> renewed(verdict, frame.ref(), present), shard.loop());
    }

    private void renewed(Verdict verdict, @Nullable String ref, Connection present) {
        if (verdict instanceof Refusal refused) {
            outlet.close(refused.closeCode());
        } else if (verdict instanceof Identified who) {
            if (who.user() != present.user()) {
                outlet.send(new Failure(ErrorCode.WRONG_USER, "this socket is another user's", ref));
                return;
            }
            present.renew(who.issuedAt());
            setExpiry(who.expiresAt());
            outlet.send(new Authenticated(who.expiresAt(), ref));
        }
    }

    private void setExpiry(Instant expiresAt) {
        aliveUntilMillis = expiresAt.plus(context.settings().clockSkew()).toEpochMilli();
    }

    /**
     * Ends what has lasted long enough.
     *
     * @return milliseconds until it is to be called again, {@value #LOOK_MILLIS} at most: a new token may end sooner, and the
     *     clock may be set
     */
    public long tick() {
        long left = LOOK_MILLIS;
        if (!ended && connection != null) {
            left = aliveUntilMillis - context.clock().millis();
            if (left <= 0) {
                outlet.close(CloseCode.TOKEN_EXPIRED);
            }
        } else if (!ended && waiting == null) {
            left = TimeUnit.NANOSECONDS.toMillis(begunAt - System.nanoTime())
                    + context.settings().authenticationTimeout().toMillis();
            if (left <= 0) {
                outlet.close(CloseCode.NOT_AUTHENTICATED_IN_TIME);
            }
        }
        return Math.min(left, LOOK_MILLIS);
    }

    /** The socket is closing or closed; nothing is heard after. May be called more than once. */
    public void end() {
        Connection present = connection;
        if (!ended && present != null) {
            shard.remove(present);
            context.admission().leave(present.user(), present.session());
        }
        ended = true;
    }

    /** For the log: the user and the session. */
    @Override
    public String toString() {
        Connection present = connection;
        return present == null
                ? "not authenticated"
                : "user " + present.user() + ", session " + SessionName.of(context.gateway(), present.session());
    }
}
