package io.belfry.api.problem;

import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.MalformedJsonException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * The one place where a failure becomes a problem: what a controller, a converter, Spring or the container throws within MVC,
 * and by {@link Filter} what is thrown before it and outside of it.
 */
@RestControllerAdvice
final class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw failure; // the container cuts the connection, so that its caller does not take the answer for whole
        }
        if (failure instanceof AsyncRequestNotUsableException) {
            return; // the caller is gone
        }
        problem(failure, request).writeTo(response);
    }

    /** The outermost filter. */
    static final class Filter extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest known = hasBody(request) ? request : new WithoutBody(request);
            String type = known.getContentType();
            if (type != null && type.contains("*")) {
                // Spring stumbles over a wildcard wherever it looks at the headers.
                Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "A body has one type")
                        .writeTo(response);
                return;
            }
            try {
                chain.doFilter(known, response);
            } catch (ServletException | RuntimeException e) {
                if (response.isCommitted()) {
                    throw e;
                }
                problem(e, request).writeTo(response);
            }
        }

        private static boolean hasBody(HttpServletRequest request) {
            return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        }
    }

    /** An empty body is an absent one: without the type that clients tell of nothing. */
    private static final class WithoutBody extends HttpServletRequestWrapper {

        WithoutBody(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(name);
        }
    }

    private static Problem problem(Exception failure, HttpServletRequest request) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
            if (cause instanceof InvalidFieldsException invalid) {
                return Problem.invalid(named(invalid.errors(), failure));
            }
            if (cause instanceof InvalidParameterException) {
                return Problem.of(ProblemCode.BAD_REQUEST, "The parameters cannot be understood");
            }
            if (cause instanceof MalformedJsonException malformed) {
                String detail = String.valueOf(malformed.getMessage());
                return new Problem(ProblemCode.MALFORMED_JSON, detail, List.of(new FieldError("", detail)), Map.of());
            }
        }
        return DatabaseFaults.problem(failure)
                .map(problem -> logged(problem, failure))
                .orElseGet(() -> springsOrOurs(failure, request));
    }

    private static Problem springsOrOurs(Exception failure, HttpServletRequest request) {
        if (failure instanceof MissingServletRequestParameterException missing) {
            return Problem.invalid(List.of(new FieldError(missing.getParameterName(), "is required")));
        }
        if (failure instanceof HttpMessageNotReadableException) {
            return new Problem(
                    ProblemCode.MALFORMED_JSON,
                    "A JSON object is required",
                    List.of(new FieldError("", "a JSON object is required")),
                    Map.of());
        }
        if (failure instanceof ErrorResponse told && told.getStatusCode().is4xxClientError()) {
            ProblemCode code = ProblemCode.ofStatus(told.getStatusCode().value());
            Problem problem = Problem.of(code, code.title());
            String allow = told.getHeaders().getFirst(HttpHeaders.ALLOW);
            return allow == null ? problem : problem.with(HttpHeaders.ALLOW, allow);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return Problem.of(ProblemCode.INTERNAL, "It is logged here and will be looked at");
    }

    /** A converter of a parameter does not know the parameter's name. */
    private static List<FieldError> named(List<FieldError> errors, Exception failure) {
        return failure instanceof MethodArgumentTypeMismatchException mismatch
                ? errors.stream().map(error -> error.under(mismatch.getName())).toList()
                : errors;
    }

    private static Problem logged(Problem problem, Exception failure) {
        LOG.warn("answered {}: {}", problem.code().status(), failure.toString());
        return problem;
    }
}
