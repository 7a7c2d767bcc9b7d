package io.belfry.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The time between "not ready" and a closed port. When a node is told to stop, readiness says no at once, but the balancer
 * of the load hears of it only at its next look: until then it sends requests here, and they are served as ever.
 * Stops before anything else does, so that all that requests need still runs.
 */
final class Drain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Duration time;
    private volatile boolean running;
    private volatile boolean underWay;

    Drain(Duration time) {
        this.time = time;
    }

    /** Whether this node wants to be left. */
    boolean isUnderWay() {
        return underWay;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Returns when the time is up. Readiness has changed before: the context does that first of all. */
    @Override
    public void stop() {
        underWay = true;
        if (!time.isZero()) {
            LOG.info("Not ready any more, serving on for {} s", time.toSeconds());
            serveOn();
        }
        running = false;
    }

    private void serveOn() {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and so the first to stop; the web server's own phases come after it. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    /**
     * Asks for a connection's end with each answer of a node that drains. A request that arrives on a connection kept from
     * before at the very moment at which the port closes would be lost, and no client tries a POST again.
     */
    static final class DrainFilter extends OncePerRequestFilter {

        private final Drain drain;

        DrainFilter(Drain drain) {
            this.drain = drain;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (drain.isUnderWay()) {
                response.setHeader("Connection", "close");
            }
            chain.doFilter(request, response);
        }
    }
}
