package io.belfry.api.http;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds bodies: each in size, told or chunked, and in time from first to last byte; all together in bytes, and in how many
 * are waited for at a time, each by a thread that others could use. What is over a limit is never read; the connection is
 * closed.
 */
final class BodyFilter extends OncePerRequestFilter {

    private static final String LONG_BODIES = "/api/notifications";
    private static final int LONG_LIMIT = 512 * 1024;
    private static final int LIMIT = 192 * 1024;
    private static final Duration TIME = Duration.ofSeconds(20);

    private final CallMemory memory;
    private final Semaphore waiting;

    /** @param waiting most bodies that are waited for at a time */
    BodyFilter(CallMemory memory, int waiting) {
        this.memory = memory;
        this.waiting = new Semaphore(waiting);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int limit = request.getRequestURI().equals(LONG_BODIES) ? LONG_LIMIT : LIMIT;
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (request.getContentLengthLong() > limit) {
            tooLarge(limit).writeTo(response);
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Bodies are read as they are, not encoded")
                    .with(HttpHeaders.ACCEPT_ENCODING, "identity")
                    .writeTo(response);
        } else {
            try {
                chain.doFilter(new BoundedRequest(request, new BoundedStream(request, limit)), response);
            } finally {
                memory.giveBack();
            }
        }
    }

    private static Problem tooLarge(int limit) {
        return Problem.of(ProblemCode.BODY_TOO_LARGE, "At most " + limit + " bytes are read here")
                .with(HttpHeaders.CONNECTION, "close");
    }

    private static final class BoundedRequest extends HttpServletRequestWrapper {

        private final BoundedStream body;

        BoundedRequest(HttpServletRequest request, BoundedStream body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }
    }

    private final class BoundedStream extends ServletInputStream {

        private final HttpServletRequest request;
        private final int limit;
        private final long start = System.nanoTime();
        private int taken;

        BoundedStream(HttpServletRequest request, int limit) {
            this.request = request;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            ServletInputStream in = request.getInputStream();
            boolean permitted = !hasCome(in) && acquirePermit();
            if (!permitted && !hasCome(in)) {
                throw Problem.of(ProblemCode.UNAVAILABLE, "Too many bodies are being waited for")
                        .retryAfter(2)
                        .with(HttpHeaders.CONNECTION, "close")
                        .asException();
            }
            try {
                int n = in.read(into, offset, length);
                take(Math.max(n, 0));
                return n;
            } finally {
                waiting.release(permitted ? 1 : 0);
            }
        }

        private boolean hasCome(ServletInputStream in) throws IOException {
            return in.available() > 0 || in.isFinished();
        }

        /** Not at once: most bodies come right after their headers. */
        private boolean acquirePermit() {
            try {
                return waiting.tryAcquire(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private void take(int bytes) {
            if (taken + bytes > limit) {
                throw tooLarge(limit).asException();
            }
            if (System.nanoTime() - start > TIME.toNanos()) {
                throw Problem.of(ProblemCode.BAD_REQUEST, "The body did not come within " + TIME.toSeconds() + " s")
                        .with(HttpHeaders.CONNECTION, "close")
                        .asException();
            }
            memory.take(bytes);
            taken += bytes;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("bodies are read on the request's thread");
        }
    }
}
