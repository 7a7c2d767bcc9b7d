package io.belfry.chaos.trials.clients;

import io.belfry.chaos.harness.Arena;
import io.belfry.kit.client.TypeScriptClient;
import io.belfry.kit.faults.TcpProxy;
import io.belfry.kit.faults.TcpProxy.Cut;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client behind a network of its own, to which things happen. For one thread at a time. */
final class CutClient {

    private final TcpProxy toGateway;
    /** Null = nothing is between it and the api. */
    private final @Nullable TcpProxy toApi;
    /** Null = it is none of a browser. */
    private final @Nullable TypeScriptClient page;

    private CutClient(TcpProxy toGateway, @Nullable TcpProxy toApi, @Nullable TypeScriptClient page) {
        this.toGateway = toGateway;
        this.toApi = toApi;
        this.page = page;
    }

    /** The one that was written from the rule. It tries a change of its own once: only its socket is cut. */
    static CutClient byRule(Arena arena, long user, URI gateway) {
        TcpProxy toGateway = arena.keep(TcpProxy.to(gateway));
        arena.watchByRule(user, toGateway.through(gateway));
        return new CutClient(toGateway, null, null);
    }

    /** The one that ships: all that it says and hears is cut. */
    static CutClient shipped(Arena arena, long user, URI gateway, int tabs) {
        URI api = arena.system().apiAddress();
        TcpProxy toGateway = arena.keep(TcpProxy.to(gateway));
        TcpProxy toApi = arena.keep(TcpProxy.to(api));
        TypeScriptClient page = arena.watchShipped(user, toApi.through(api), List.of(toGateway.through(gateway)), tabs);
        return new CutClient(toGateway, toApi, page);
    }

    boolean isPage() {
        return page != null;
    }

    void cut(Cut how) {
        toGateway.cut(how);
        if (toApi != null) {
            toApi.cut(how);
        }
    }

    /** @param noticed the browser, if it has one, knows that it has no network any more */
    void loseNetwork(boolean noticed) {
        toGateway.blackhole();
        if (toApi != null) {
            toApi.blackhole();
        }
        if (page != null && noticed) {
            page.setOnline(false);
        }
    }

    /**
     * What the gateway and its client said meanwhile goes on its way. What was asked of the api does not: the client has asked
     * again, or will, and a change that comes late undoes a later one.
     */
    void findNetwork() {
        toGateway.heal();
        if (toApi != null) {
            toApi.cut(Cut.RESET);
            toApi.heal();
        }
        if (page != null) {
            page.setOnline(true);
        }
    }

    /** Closes its page, whatever is unsent, and opens it again; nothing if it has none. */
    void reload() {
        if (page != null) {
            page.reload();
        }
    }
}
