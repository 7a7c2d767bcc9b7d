package io.belfry.api.access;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.io.IOException;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Refuses other sites' pages with a problem, and without any CORS header. */
final class ProblemCorsProcessor extends DefaultCorsProcessor {

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
        if (response instanceof ServletServerHttpResponse servlet) {
            Problem.of(ProblemCode.FORBIDDEN, "Pages of this origin may not call this api")
                    .writeTo(servlet.getServletResponse());
        }
    }
}
