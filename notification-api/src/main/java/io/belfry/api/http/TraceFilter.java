package io.belfry.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes a request's W3C trace context, or begins one, so that one send can be found in the logs of every service. See
 * https://www.w3.org/TR/trace-context/#traceparent-header.
 */
public final class TraceFilter extends OncePerRequestFilter {

    /** The request attribute that holds the {@code traceparent} to carry on. */
    public static final String TRACEPARENT = "belfry.traceparent";

    private static final String TRACE_ID = "trace_id";

    private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sent = request.getHeader("traceparent");
        String traceparent = sent != null && FORM.matcher(sent).matches() ? sent : begin();
        request.setAttribute(TRACEPARENT, traceparent);
        MDC.put(TRACE_ID, traceparent.substring(3, 35));
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(TRACE_ID);
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
