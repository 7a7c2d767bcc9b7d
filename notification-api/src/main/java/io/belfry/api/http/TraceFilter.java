package io.belfry.api.http;

import io.belfry.runtime.tracing.LoggedTrace;
import io.belfry.runtime.tracing.Step;
import io.belfry.runtime.tracing.Tracing;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Takes a request's W3C trace context, or begins one, so that one send can be found in the logs of every service. See
 * https://www.w3.org/TR/trace-context/#traceparent-header.
 */
public final class TraceFilter extends OncePerRequestFilter {

    /** The request attribute that holds the {@code traceparent} to carry on. */
    public static final String TRACEPARENT = "belfry.traceparent";

    private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Tracing tracing;

    public TraceFilter(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sent = request.getHeader("traceparent");
        String known = sent != null && FORM.matcher(sent).matches() ? sent : null;
        Tracing traced = request.getRequestURI().startsWith("/api/") ? tracing : Tracing.off();
        Step step = traced.answer(request.getMethod(), known);
        String traceparent = step.traceparent() == null ? begin() : step.traceparent();
        request.setAttribute(TRACEPARENT, traceparent);
        LoggedTrace.begin(traceparent);
        try {
            chain.doFilter(request, response);
        } finally {
            LoggedTrace.end();
            step.answered(
                    request.getMethod(),
                    (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                    response.getStatus());
        }
    }

    /** Its last byte says that it is not recorded. */
    private static String begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()) + "-"
                + hex.toHexDigits(random.nextLong()) + "-00";
    }
}
