package io.belfry.gateway.conversation;

import static io.belfry.gateway.support.TestGateway.SECRET;
import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.access.TokenSettings;
import io.belfry.access.TokenVerifier;
import io.belfry.events.InboxCommand;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.connection.ConnectionShard;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.presence.SessionStore;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.ServerFrame.InboxHint;
import io.belfry.gateway.support.DirectLoop;
import io.belfry.gateway.support.FakeOutlet;
import io.belfry.gateway.support.LoggedErrors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of things, with a store and a Kafka that answer when the test says so. */
class ConversationTest {

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String INTERNAL =
            "{\"type\":\"error\",\"code\":\"internal\",\"message\":\"this should not have happened\",\"ref\":\"%s\"}";

    private Instant now = Instant.now();
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final SlowStore sessions = new SlowStore();
    private final FakeCommands commands = new FakeCommands();
    private final GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry(), clock);
    private final ConnectionShard shard = new ConnectionShard(new DirectLoop(), metrics);
    private final FakeOutlet outlet = new FakeOutlet();
    private @Nullable InboxHint hint;
    private final UserShard users = new UserShard(UserShard.of(7, 2), 2);
    private final Admission admission = new Admission(
            users,
            new TokenVerifier(TokenSettings.fromEnvironment(Map.of("BELFRY_JWT_SECRET", SECRET)), clock),
            sessions,
            user -> hint,
            metrics);
    private final Conversation conversation = converse(Duration.ofSeconds(5));

    private Conversation converse(Duration authenticationTimeout) {
        ConversationContext context = new ConversationContext(
                "g",
                admission,
                commands::publish,
                new ConversationContext.Settings(
                        Duration.ofSeconds(25), Duration.ofSeconds(60), authenticationTimeout, SKEW),
                clock);
        Conversation made = new Conversation(context, shard, outlet);
        outlet.endsWith(made::end);
        return made;
    }

    private static final class FakeCommands {
        private final List<InboxCommand> published = new ArrayList<>();
        private final List<CompletableFuture<Void>> answers = new ArrayList<>();
        private @Nullable Error broken;

        CompletionStage<Void> publish(InboxCommand command) {
            if (broken != null) {
                throw broken;
            }
            published.add(command);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }
    }

    /** Opens sessions when it is told to. */
    private static final class SlowStore implements SessionStore {
        private final List<Runnable> waiting = new ArrayList<>();
        private final Set<Long> open = new HashSet<>();
        private boolean signedOut;

        /** What happens after a session is open and before its client hears of it. */
        private Runnable opened = () -> {};

        void answer() {
            List.copyOf(waiting).forEach(Runnable::run);
            waiting.clear();
        }

        @Override
        public CompletionStage<Outcome> open(long user, long session, @Nullable Instant issuedAt) {
            CompletableFuture<Outcome> opening = new CompletableFuture<>();
            waiting.add(() -> {
                open.add(session);
                opened.run();
                opening.complete(Outcome.OPENED);
            });
            return opening;
        }

        @Override
        public void start(Listener listener) {}

        @Override
        public void erase(long user) {}

        @Override
        public void close(long user, long session) {
            open.remove(session);
        }

        @Override
        public CompletionStage<Boolean> isSignedOut(long user, @Nullable Instant issuedAt) {
            return CompletableFuture.completedFuture(signedOut);
        }

        @Override
        public void close() {}
    }

    private Verdict tokenOf7() {
        return admission.identify(TOKENS.user(7));
    }

    private void enter() {
        conversation.enter(tokenOf7());
        sessions.answer();
        outlet.assertReceivedType("welcome");
    }

    @Test
    void answersNothingBeforeTheWelcomeAndEverythingAfterInOrder() {
        conversation.text("{\"type\":\"authenticate\",\"token\":\"" + TOKENS.user(7) + "\"}");
        conversation.text("{\"type\":\"ping\"}");
        conversation.text("{\"type\":\"future\",\"ref\":\"c1\"}");
        outlet.assertReceived();
        assertThat(shard.size()).isZero();

        sessions.answer();

        outlet.assertReceivedType("welcome");
        outlet.assertReceivedType("pong");
        outlet.assertReceivedType("error");
        assertThat(shard.size()).isOne();
    }

    @Test
    void letsNobodyOfAnotherShardInAndTakesNoOtherUserLater() {
        long stranger = LongStream.iterate(1, user -> user + 1)
                .filter(user -> !users.hasUser(user))
                .findFirst()
                .orElseThrow();
        String offer = "{\"type\":\"authenticate\",\"token\":\"" + TOKENS.user(stranger) + "\"}";
        enter();
        conversation.text(offer);
        outlet.assertReceivedStarting("{\"type\":\"error\",\"code\":\"wrong_user\"");
        outlet.assertOpen();

        converse(Duration.ofSeconds(5)).text(offer);
        outlet.assertClosed(CloseCode.WRONG_SHARD);
        sessions.answer();
        assertThat(sessions.open).hasSize(1);
    }

    @Test
    void greetsWithWhatIsKnownOfTheInbox() {
        hint = new InboxHint(18, 3, "e1");
        conversation.enter(tokenOf7());
        sessions.answer();

        outlet.assertReceivedEnding("\"seq\":18,\"unread\":3,\"epoch\":\"e1\"}");
    }

    @Test
    void leavesNoSessionBehindWhenTheClientGoesWhileItIsLetIn() {
        conversation.enter(tokenOf7());
        conversation.end();
        sessions.answer();

        assertThat(shard.size()).isZero();
        assertThat(sessions.open).isEmpty();
        outlet.assertReceived();
    }

    @Test
    void isForgottenOnceWhenItEndsTwice() {
        enter();
        conversation.end();
        conversation.end();

        assertThat(shard.size()).isZero();
        assertThat(sessions.open).isEmpty();
    }

    @Test
    void endsAClientThatSignsOutBetweenItsSessionAndItsWelcome() {
        conversation.enter(tokenOf7());
        sessions.opened = () -> sessions.signedOut = true;
        sessions.answer();

        outlet.assertClosed(CloseCode.SIGNED_OUT);
        assertThat(sessions.open).isEmpty();
    }

    @Test
    void acknowledgesACommandWhenKafkaHasItAndNotBefore() {
        enter();
        conversation.text("{\"type\":\"mark_read\",\"id\":9001,\"ref\":\"c1\"}");
        conversation.text("{\"type\":\"mark_read\",\"id\":9002,\"ref\":\"c2\"}");
        outlet.assertReceived();

        commands.answers.get(1).completeExceptionally(new IllegalStateException("no broker"));
        outlet.assertReceivedType("error");
        commands.answers.get(0).complete(null);
        outlet.assertReceived("{\"type\":\"ack\",\"ref\":\"c1\"}");
        assertThat(commands.published).containsExactly(InboxCommand.markRead(7, 9001), InboxCommand.markRead(7, 9002));
    }

    @Test
    void answersACommandWhateverIsThrown() {
        enter();
        try (LoggedErrors told = new LoggedErrors(Conversation.class)) {
            conversation.text("{\"type\":\"mark_read\",\"id\":9001,\"ref\":\"c1\"}");
            commands.answers.get(0).completeExceptionally(new NoClassDefFoundError("on purpose"));
            outlet.assertReceived(INTERNAL.formatted("c1"));

            commands.broken = new StackOverflowError("on purpose");
            conversation.text("{\"type\":\"mark_all_read\",\"ref\":\"c2\"}");
            outlet.assertReceived(INTERNAL.formatted("c2"));

            told.assertLogged(NoClassDefFoundError.class, StackOverflowError.class);
        }
        outlet.assertOpen();
    }

    @Test
    void livesAsLongAsItsTokenAndTheSkew() {
        conversation.enter(admission.identify(
                TOKENS.of(7).claim("exp", now.plusSeconds(100).getEpochSecond()).write()));
        sessions.answer();

        now = now.plusSeconds(158);
        conversation.tick();
        outlet.assertOpen();

        now = now.plusSeconds(3);
        conversation.tick();
        outlet.assertClosed(CloseCode.TOKEN_EXPIRED);
    }

    @Test
    void doesNotHurryAClientThatIsBeingLetIn() {
        Conversation hurried = converse(Duration.ZERO);
        hurried.enter(tokenOf7());
        hurried.tick();
        outlet.assertOpen();

        converse(Duration.ZERO).tick();
        outlet.assertClosed(CloseCode.NOT_AUTHENTICATED_IN_TIME);
    }

    @Test
    void hearsNothingAfterTheEnd() {
        conversation.text("{\"type\":\"ping\"}");
        outlet.assertClosed(CloseCode.BAD_TOKEN);

        conversation.text("{\"type\":\"authenticate\",\"token\":\"" + TOKENS.user(7) + "\"}");
        sessions.answer();
        assertThat(sessions.open).isEmpty();
    }
}
