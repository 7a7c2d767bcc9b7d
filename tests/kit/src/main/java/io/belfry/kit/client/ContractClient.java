package io.belfry.kit.client;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.socket.Closed;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page without a page: keeps one inbox whole over sockets that break and answers that come late, by the contract's
 * rule to the letter. Everything happens on one {@link EventLoop}; tests may ask from any other thread.
 */
public final class ContractClient implements InboxClient {

    private static final String INBOX = "/api/notifications/";

    private final EventLoop loop = new EventLoop();
    private final InboxReplica replica = new InboxReplica();
    private final ApiClient api;
    private final Questions questions;
    private final LiveSocket socket;
    private final AtomicInteger unanswered = new AtomicInteger();

    /** One that comes back {@linkplain ReconnectPace#QUICK quickly}. */
    public ContractClient(URI apiAddress, List<URI> gateways, Supplier<String> token) {
        this(apiAddress, gateways, token, ReconnectPace.QUICK);
    }

    /** @param gateways dialled in turns, beginning with the second */
    public ContractClient(URI apiAddress, List<URI> gateways, Supplier<String> token, ReconnectPace pace) {
        api = new ApiClient(apiAddress, token.get());
        questions = new Questions(loop, api, replica, pace);
        socket = new LiveSocket(loop, gateways, token, pace, new Ears());
    }

    public ContractClient start() {
        loop.execute(socket::open);
        return this;
    }

    @Override
    public List<Item> items() {
        return loop.ask(replica::items);
    }

    @Override
    public long badge() {
        return loop.ask(replica::badge);
    }

    public long applied() {
        return loop.ask(replica::applied);
    }

    @Override
    public String condition() {
        return loop.ask(() -> (socket.isConnected() ? "live" : "not live") + ", applied " + replica.applied()
                + ", heard of " + replica.shown() + ", asks for " + replica.question());
    }

    @Override
    public List<String> violations() {
        return loop.ask(() -> {
            List<String> all = new ArrayList<>(replica.violations());
            all.addAll(loop.problems());
            return all;
        });
    }

    @Override
    public int dials() {
        return socket.dials();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    /** Whether it has its list. */
    public boolean isLoaded() {
        return loop.ask(replica::isLoaded);
    }

    /** When its last socket was welcomed, by the gateway's clock; null = never. */
    public @Nullable Instant welcomedAt() {
        return socket.welcomedAt();
    }

    /** How many lists and changes it asked for. */
    public int questionsAsked() {
        return loop.ask(questions::asked);
    }

    /** How often it loaded the list: 1 = when it began. */
    public int listsLoaded() {
        return loop.ask(questions::lists);
    }

    /** The close that told it to stay away, or null. */
    public @Nullable Closed staysAway() {
        return loop.ask(socket::staysAway);
    }

    /** Each change is tried once. */
    @Override
    public int unsent() {
        return unanswered.get();
    }

    @Override
    public void markRead(long id) {
        change("PATCH", INBOX + id + "/mark_read/", null);
    }

    @Override
    public void markUnread(long id) {
        change("PATCH", INBOX + id + "/mark_unread/", null);
    }

    @Override
    public void markAllRead() {
        items().stream()
                .findFirst()
                .ifPresent(newest -> change("POST", INBOX + "mark_all_read/", Json.object("up_to", newest.id())));
    }

    @Override
    public void remove(long id) {
        change("DELETE", INBOX + id + "/", null);
    }

    /** Changes by REST, and hears the numbers of the answer whenever it comes. */
    private void change(String method, String path, @Nullable JsonNode body) {
        unanswered.incrementAndGet();
        var unused = api.sendLater(method, path, body)
                .whenComplete((reply, failure) -> unanswered.decrementAndGet())
                .thenAccept(reply -> loop.execute(() -> {
                    if (reply.status() == 200) {
                        hear(reply.body());
                        questions.plan();
                    }
                }));
    }

    private void hear(JsonNode numbers) {
        replica.hear(
                numbers.path("seq").asLong(),
                numbers.path("unread").asLong(),
                numbers.path("epoch").asString());
    }

    @Override
    public void close() {
        loop.ask(() -> {
            socket.close();
            return true;
        });
        loop.close();
    }

    private final class Ears implements LiveSocket.Listener {

        @Override
        public void onWelcome(JsonNode welcome) {
            boolean hinted = welcome.hasNonNull("seq");
            if (hinted) {
                hear(welcome);
            }
            questions.greeted(hinted, welcome.path("check_seconds").asLong() * 1000);
        }

        @Override
        public void onFrame(JsonNode frame) {
            String type = frame.path("type").asString();
            if (type.equals("notification") || type.equals("inbox")) {
                replica.frame(frame);
                questions.plan();
            }
        }

        /** The list does not have to wait for a gateway. */
        @Override
        public void onNoSocket() {
            questions.plan();
        }
    }
}
