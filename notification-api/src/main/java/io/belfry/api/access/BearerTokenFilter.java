package io.belfry.api.access;

import io.belfry.access.Caller;
import io.belfry.access.TokenRejectedException;
import io.belfry.access.TokenRejectedException.Reason;
import io.belfry.access.TokenVerifier;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a call by only with a valid token in {@code Authorization}; never tells what was wrong with one. */
final class BearerTokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final TokenVerifier verifier;

    BearerTokenFilter(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> sent = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (sent.size() != 1 || !sent.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            unauthorized(sent.isEmpty() ? "Bearer" : "Bearer error=\"invalid_request\"")
                    .writeTo(response);
            return;
        }
        try {
            Caller caller =
                    verifier.verify(sent.get(0).substring(SCHEME.length()).trim());
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            // The token itself is not kept.
            context.setAuthentication(new PreAuthenticatedAuthenticationToken(caller, "", List.of()));
            SecurityContextHolder.setContext(context);
        } catch (TokenRejectedException e) {
            refusal(e.reason()).writeTo(response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static Problem refusal(Reason reason) {
        return switch (reason) {
            case EXPIRED, INVALID -> unauthorized("Bearer error=\"invalid_token\"");
            case UNAVAILABLE ->
                Problem.of(ProblemCode.UNAVAILABLE, "Tokens cannot be verified for the moment")
                        .retryAfter(5);
        };
    }

    static Problem unauthorized(String challenge) {
        return Problem.of(ProblemCode.UNAUTHORIZED, "Send a valid token: Authorization: Bearer <token>")
                .with(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
}
