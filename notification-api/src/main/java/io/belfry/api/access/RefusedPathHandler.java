package io.belfry.api.access;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Paths that Spring Security's firewall refuses ({@code ;}, {@code //}, {@code %2e}): nothing of ours has such a name. */
final class RefusedPathHandler implements RequestRejectedHandler {

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, RequestRejectedException requestRejectedException)
            throws IOException {
        boolean call = request.getRequestURI().startsWith("/api/");
        Problem.of(call ? ProblemCode.BAD_REQUEST : ProblemCode.NOT_FOUND, "No address looks like this")
                .writeTo(response);
    }
}
