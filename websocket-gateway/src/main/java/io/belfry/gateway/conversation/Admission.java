package io.belfry.gateway.conversation;

import io.belfry.access.Caller;
import io.belfry.access.TokenRejectedException;
import io.belfry.access.TokenVerifier;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.conversation.Verdict.Identified;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.presence.SessionStore;
import io.belfry.gateway.presence.SessionStore.Outcome;
import io.belfry.gateway.protocol.ServerFrame.InboxHint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Lets users in by their tokens and numbers their sessions. Safe for use by many threads; never blocks. */
public final class Admission {

    private final UserShard shard;
    private final TokenVerifier verifier;
    private final SessionStore sessions;
    private final LongFunction<@Nullable InboxHint> hints;
    private final GatewayMetrics metrics;
    private final AtomicLong lastSession = new AtomicLong();

    /**
     * @param shard whose users are let in
     * @param hints how far a user's inbox is; null = not known
     */
    public Admission(
            UserShard shard,
            TokenVerifier verifier,
            SessionStore sessions,
            LongFunction<@Nullable InboxHint> hints,
            GatewayMetrics metrics) {
        this.shard = shard;
        this.verifier = verifier;
        this.sessions = sessions;
        this.hints = hints;
        this.metrics = metrics;
    }

    /** A number for a session, never given twice by this process. */
    public long nextSession() {
        return lastSession.incrementAndGet();
    }

    /**
     * Opens a session for whom a token names. A caller that gets an {@link Identified} has to {@link #leave}.
     *
     * @param verdict of {@link #identify}
     * @return never fails
     */
    public CompletionStage<Verdict> enter(Verdict verdict, long session) {
        long began = System.nanoTime();
        if (!(verdict instanceof Identified who)) {
            metrics.admitted(began, false);
            return CompletableFuture.completedFuture(verdict);
        }
        return sessions.open(who.user(), session, who.issuedAt()).thenApply(outcome -> {
            boolean let = outcome != Outcome.SIGNED_OUT;
            metrics.admitted(began, let);
            return let ? who.with(hints.apply(who.user())) : Refusal.SIGNED_OUT;
        });
    }

    /**
     * Whom a token names that is to take the place of an earlier one; of whatever shard, as another user is refused anyway.
     *
     * @return never fails
     */
    public CompletionStage<Verdict> renew(String token) {
        Verdict verdict = verify(token);
        if (!(verdict instanceof Identified who)) {
            return CompletableFuture.completedFuture(verdict);
        }
        return isSignedOut(who).thenApply(signedOut -> signedOut ? Refusal.SIGNED_OUT : who);
    }

    /** Whether the user has signed out since the token was issued; false when that is not known. Never fails. */
    public CompletionStage<Boolean> isSignedOut(Identified who) {
        return sessions.isSignedOut(who.user(), who.issuedAt());
    }

    public void leave(long user, long session) {
        sessions.close(user, session);
    }

    /** Whom a token names, by itself alone: a sign-out is looked for when the session is opened. */
    public Verdict identify(String token) {
        Verdict verdict = verify(token);
        return verdict instanceof Identified who && !shard.hasUser(who.user()) ? Refusal.WRONG_SHARD : verdict;
    }

    private Verdict verify(String token) {
        try {
            Caller caller = verifier.verify(token);
            return caller.userId() == null
                    ? Refusal.NO_INBOX
                    : new Identified(caller.userId(), caller.issuedAt(), caller.expiresAt(), null);
        } catch (TokenRejectedException e) {
            return switch (e.reason()) {
                case EXPIRED -> Refusal.TOKEN_EXPIRED;
                case INVALID -> Refusal.BAD_TOKEN;
                case UNAVAILABLE -> Refusal.CANNOT_TELL;
            };
        }
    }
}
