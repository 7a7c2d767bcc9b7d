package io.belfry.api.web;

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
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds bodies, told sizes and chunked ones alike: Tomcat bounds forms only, and what it swallows after an answer.
 * What is over the limit is never read; the connection is closed.
 */
final class BodyLimitFilter extends OncePerRequestFilter {

    private static final String LONG_BODIES = "/api/notifications";
    private static final int LONG_LIMIT = 512 * 1024;
    private static final int LIMIT = 192 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int limit = request.getRequestURI().equals(LONG_BODIES) ? LONG_LIMIT : LIMIT;
        if (request.getContentLengthLong() > limit) {
            tooLarge(limit).writeTo(response);
        } else {
            chain.doFilter(new BoundedRequest(request, limit), response);
        }
    }

    private static Problem tooLarge(int limit) {
        return Problem.of(ProblemCode.BODY_TOO_LARGE, "At most " + limit + " bytes are read here")
                .with("Connection", "close");
    }

    private static final class BoundedRequest extends HttpServletRequestWrapper {

        private final int limit;

        BoundedRequest(HttpServletRequest request, int limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream(), limit);
        }
    }

    private static final class BoundedStream extends ServletInputStream {

        private final ServletInputStream body;
        private final int limit;
        private int left;

        BoundedStream(ServletInputStream body, int limit) {
            this.body = body;
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int b = body.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = body.read(into, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge(limit).asException();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
