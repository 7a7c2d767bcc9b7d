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
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds bodies: each in size, told or chunked, and in time from first to last byte; all that are being read together in
 * bytes. What is over a limit is never read; the connection is closed.
 */
final class BodyFilter extends OncePerRequestFilter {

    private static final String LONG_BODIES = "/api/notifications";
    private static final int LONG_LIMIT = 512 * 1024;
    private static final int LIMIT = 192 * 1024;
    private static final Duration TIME = Duration.ofSeconds(20);

    /** In bytes: what all half-read bodies of this node may take. */
    private final Semaphore room;

    BodyFilter(int bytesOfAll) {
        room = new Semaphore(bytesOfAll);
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
            BoundedStream body = new BoundedStream(request, limit);
            try {
                chain.doFilter(new BoundedRequest(request, body), response);
            } finally {
                room.release(body.taken);
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
            int b = request.getInputStream().read();
            take(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = request.getInputStream().read(into, offset, length);
            take(Math.max(n, 0));
            return n;
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
            if (!room.tryAcquire(bytes)) {
                throw Problem.of(ProblemCode.UNAVAILABLE, "Too many bodies are being read")
                        .retryAfter(2)
                        .with(HttpHeaders.CONNECTION, "close")
                        .asException();
            }
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
