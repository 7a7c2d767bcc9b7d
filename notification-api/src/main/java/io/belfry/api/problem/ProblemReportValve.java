package io.belfry.api.problem;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Problems that Tomcat or a filter finds, in place of Tomcat's HTML. Public because Tomcat makes it by its name. */
public final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemCode code = code(request, response.getStatus());
        Problem problem = Problem.of(code, code.title());
        problem.writeHead(response.getResponse());
        try {
            Writer body = response.getReporter();
            if (body != null) {
                body.write(new String(problem.json(), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            container.getLogger().debug("the caller is gone", e);
        }
    }

    /** A path that climbs out of the root names nothing; Tomcat calls it a bad request. */
    private static ProblemCode code(Request request, int status) {
        String path = request.getRequestURI();
        return status == 400 && path != null && path.contains("..")
                ? ProblemCode.NOT_FOUND
                : ProblemCode.ofStatus(status);
    }
}
