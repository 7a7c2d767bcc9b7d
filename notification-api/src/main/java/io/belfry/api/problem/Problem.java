package io.belfry.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.belfry.json.FieldError;
import io.belfry.json.StrictJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An error as callers see it. Never holds what they sent, nor anything of ours that could help them in.
 *
 * @param detail for a person; does not depend on who owns what, so that "not yours" reads as "does not exist"
 * @param errors the broken rules of a body or of parameters; empty otherwise
 * @param headers sent beside it
 */
public record Problem(ProblemCode code, String detail, List<FieldError> errors, Map<String, String> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static final String TYPE_PREFIX = "urn:belfry:problem:";

    /** The document, by RFC 9457; public for the description of the API. */
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {}

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of());
    }

    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.stream().map(FieldError::toString).collect(Collectors.joining("; "));
        return new Problem(ProblemCode.INVALID_FIELDS, detail, errors, Map.of());
    }

    public Problem with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Problem(code, detail, errors, more);
    }

    public Problem retryAfter(long seconds) {
        return with("Retry-After", Long.toString(seconds));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** Answers with it; does nothing if an answer is on its way already. */
    public void writeTo(HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            response.resetBuffer();
            writeHead(response);
            response.getOutputStream().write(json());
        }
    }

    void writeHead(HttpServletResponse response) {
        response.setStatus(code.status());
        response.setContentType(MEDIA_TYPE);
        // Here too: some problems are found before the filters that set these on every answer.
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        headers.forEach(response::setHeader);
    }

    byte[] json() {
        return StrictJson.ignoringUnknownFields()
                .write(new Body(TYPE_PREFIX + code.code(), code.title(), code.status(), detail, errors));
    }
}
