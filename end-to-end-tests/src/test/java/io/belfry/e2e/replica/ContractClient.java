package io.belfry.e2e.replica;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.client.Closed;
import io.belfry.e2e.client.Dial;
import io.belfry.e2e.client.Json;
import io.belfry.e2e.client.Reply;
import io.belfry.e2e.client.SocketClient;
import io.belfry.e2e.replica.InboxReplica.Question;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page without a page: keeps one inbox whole over sockets that break and answers that come late, by the contract's
 * rule to the letter. Everything happens on one thread of its own.
 */
public final class ContractClient implements AutoCloseable {

    /** How long frames may take to fill a hole, before as much again of jitter. */
    private static final long HOLE_MILLIS = 300;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(3);
    private static final String INBOX = "/api/notifications/";

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "contract-client");
        thread.setDaemon(true);
        return thread;
    });
    private final InboxReplica replica = new InboxReplica();
    private final BackOff redial = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(2));
    private final BackOff askAgain = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(2));
    private final Map<Integer, SocketClient> sockets = new HashMap<>();
    private final List<String> misfits = new ArrayList<>();

    private final ApiClient api;
    private final List<URI> gateways;
    private final Supplier<String> token;

    private int dials;
    private int current;
    private boolean holeTimed;
    private boolean checking;
    private long lastFrameNanos = System.nanoTime();
    private long pingNanos;
    private long heartbeatMillis = 25_000;
    private long checkMillis = 60_000;
    private int questionsAsked;
    private @Nullable Closed staysAway;

    /** @param gateways dialled in turns */
    public ContractClient(URI api, List<URI> gateways, Supplier<String> token) {
        this.api = new ApiClient(api, token.get());
        this.gateways = gateways;
        this.token = token;
    }

    public ContractClient start() {
        loop.execute(this::dial);
        var unused = loop.scheduleWithFixedDelay(guarded(this::watchSocket), 250, 250, TimeUnit.MILLISECONDS);
        return this;
    }

    // ------------------------------------------------------------------ what a test asks of it; from any thread

    public List<Item> items() {
        return onLoop(replica::items);
    }

    public long applied() {
        return onLoop(replica::applied);
    }

    public long badge() {
        return onLoop(replica::badge);
    }

    /** What no client may ever see, and frames outside the contract. */
    public List<String> violations() {
        return onLoop(() -> {
            List<String> all = new ArrayList<>(replica.violations());
            all.addAll(misfits);
            return all;
        });
    }

    /** How often it had to dial: 1 = its first socket held. */
    public int dials() {
        return onLoop(() -> dials);
    }

    /** How many lists and changes it asked for. */
    public int questionsAsked() {
        return onLoop(() -> questionsAsked);
    }

    /** The close that told it to stay away, or null. */
    public @Nullable Closed staysAway() {
        return onLoop(() -> staysAway);
    }

    /** Marks read by REST and hears the numbers of the answer, whenever it comes. */
    public void markRead(long id) {
        change("PATCH", INBOX + id + "/mark_read/");
    }

    public void markUnread(long id) {
        change("PATCH", INBOX + id + "/mark_unread/");
    }

    public void remove(long id) {
        change("DELETE", INBOX + id + "/");
    }

    private void change(String method, String path) {
        var unused = api.sendLater(method, path, null)
                .thenAcceptAsync(
                        reply -> {
                            if (reply.status() == 200) {
                                JsonNode body = reply.body();
                                replica.hear(
                                        body.path("seq").asLong(),
                                        body.path("unread").asLong(),
                                        body.path("epoch").asString());
                                plan();
                            }
                        },
                        loop);
    }

    // ------------------------------------------------------------------ sockets; all below on the loop

    private void dial() {
        if (staysAway != null) {
            return;
        }
        int number = ++dials;
        Dial.to(gateways.get(number % gateways.size()))
                .bearer(token.get())
                .onFrame(frame -> loop.execute(guarded(() -> onFrame(number, frame))))
                .onClosed(closed -> loop.execute(guarded(() -> onClosed(number, closed))))
                .openLater()
                .whenComplete((socket, failure) -> execute(() -> {
                    if (failure != null) {
                        plan();
                        later(this::dial, redial.nextMillis());
                    } else {
                        sockets.put(number, socket);
                        dropOldSockets();
                    }
                }));
    }

    private void onFrame(int number, JsonNode frame) {
        lastFrameNanos = System.nanoTime();
        pingNanos = 0;
        switch (frame.path("type").asString()) {
            case "welcome" -> onWelcome(number, frame);
            case "notification", "inbox" -> {
                replica.frame(frame);
                plan();
            }
            case "reconnect" -> later(this::dial, frame.path("after_ms").asLong());
            default -> {}
        }
    }

    private void onWelcome(int number, JsonNode welcome) {
        redial.reset();
        current = Math.max(current, number);
        dropOldSockets();
        heartbeatMillis = welcome.path("heartbeat_seconds").asLong() * 1000;
        checkMillis = welcome.path("check_seconds").asLong() * 1000;
        boolean hinted = welcome.hasNonNull("seq");
        if (hinted) {
            replica.hear(
                    welcome.path("seq").asLong(),
                    welcome.path("unread").asLong(),
                    welcome.path("epoch").asString());
        }
        if (hinted && replica.question() == Question.CHANGES) {
            askChanges();
        } else {
            plan();
        }
        if (!checking) {
            checking = true;
            later(this::check, ThreadLocalRandom.current().nextLong(checkMillis / 2 + 1));
        }
    }

    private void dropOldSockets() {
        sockets.entrySet().removeIf(entry -> {
            if (entry.getKey() >= current) {
                return false;
            }
            close(entry.getValue());
            return true;
        });
    }

    private void close(SocketClient socket) {
        try {
            socket.close();
        } catch (AssertionError misfit) {
            misfits.add(String.valueOf(misfit.getMessage()));
        }
    }

    private void onClosed(int number, Closed closed) {
        SocketClient ended = sockets.remove(number);
        if (ended != null) {
            close(ended);
        }
        if (number < current) {
            return;
        }
        if (closed.mayComeBack()) {
            later(this::dial, redial.nextMillis());
        } else {
            staysAway = closed;
        }
    }

    private void watchSocket() {
        SocketClient socket = sockets.get(current);
        long now = System.nanoTime();
        if (socket == null || now - lastFrameNanos < TimeUnit.MILLISECONDS.toNanos(heartbeatMillis)) {
            return;
        }
        if (pingNanos == 0) {
            pingNanos = now;
            socket.sendLater(Json.object("type", "ping"));
        } else if (now - pingNanos > PONG_TIMEOUT.toNanos()) {
            pingNanos = 0;
            lastFrameNanos = now;
            socket.abort();
            onClosed(current, new Closed(1006, "no pong"));
            current++;
        }
    }

    // ------------------------------------------------------------------ questions

    private void plan() {
        if (replica.question() == Question.LIST) {
            askList(INBOX + "?page_size=100", new ArrayList<>(), null);
        } else if (replica.question() == Question.CHANGES && !holeTimed) {
            holeTimed = true;
            long appliedBefore = replica.applied();
            later(
                    () -> lookAtHole(appliedBefore),
                    HOLE_MILLIS + ThreadLocalRandom.current().nextLong(HOLE_MILLIS));
        }
    }

    private void lookAtHole(long appliedBefore) {
        holeTimed = false;
        if (replica.question() == Question.CHANGES && replica.applied() == appliedBefore) {
            askChanges();
        } else {
            plan();
        }
    }

    private void askChanges() {
        replica.asked();
        questionsAsked++;
        ask(INBOX + "changes/?after=" + replica.applied() + "&epoch=" + replica.epoch(), replica::changesAnswered);
    }

    private void askList(String path, List<JsonNode> rows, @Nullable JsonNode firstPage) {
        replica.asked();
        questionsAsked++;
        ask(path, page -> {
            page.path("results").forEach(rows::add);
            JsonNode first = firstPage == null ? page : firstPage;
            JsonNode next = page.path("next");
            if (next.isString()) {
                URI address = URI.create(next.asString());
                askList(address.getRawPath() + "?" + address.getRawQuery(), rows, first);
            } else {
                replica.listAnswered(
                        first.path("seq").asLong(),
                        first.path("unread").asLong(),
                        first.path("epoch").asString(),
                        rows);
            }
        });
    }

    private void ask(String path, Consumer<JsonNode> answered) {
        get(path)
                .whenComplete((reply, failure) -> execute(() -> {
                    if (failure == null && reply.status() == 200) {
                        askAgain.reset();
                        answered.accept(reply.body());
                        plan();
                    } else {
                        later(
                                () -> {
                                    replica.failed();
                                    plan();
                                },
                                askAgain.nextMillis());
                    }
                }));
    }

    private void check() {
        long appliedWhenAsked = replica.applied();
        get(INBOX + "unread_count/")
                .whenComplete((reply, failure) -> execute(() -> {
                    if (failure == null && reply.status() == 200) {
                        JsonNode body = reply.body();
                        replica.checked(
                                body.path("seq").asLong(),
                                body.path("unread_count").asLong(),
                                body.path("epoch").asString(),
                                appliedWhenAsked);
                        plan();
                    }
                    later(this::check, checkMillis);
                }));
    }

    private CompletableFuture<Reply> get(String path) {
        return api.sendLater("GET", path, null).orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    // ------------------------------------------------------------------ the loop

    private void execute(Runnable step) {
        if (!loop.isShutdown()) {
            loop.execute(guarded(step));
        }
    }

    private void later(Runnable step, long millis) {
        if (!loop.isShutdown()) {
            var unused = loop.schedule(guarded(step), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** A step that throws is a mistake of this client or of the system; either way the test must hear of it. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                misfits.add(e.toString());
            }
        };
    }

    private <T> T onLoop(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loop).join();
    }

    @Override
    public void close() {
        onLoop(() -> {
            staysAway = new Closed(1000, "closed by the test");
            sockets.values().forEach(this::close);
            return true;
        });
        loop.shutdownNow();
    }
}
