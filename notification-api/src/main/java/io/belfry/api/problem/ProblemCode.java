package io.belfry.api.problem;

/** The kinds of problems, {@code urn:belfry:problem:<code>}; listed in docs/protocol.md. */
public enum ProblemCode {
    BAD_REQUEST("bad_request", 400, "The request cannot be understood"),
    MALFORMED_JSON("malformed_json", 400, "The body is not acceptable JSON"),
    INVALID_FIELDS("invalid_fields", 400, "Some fields are not acceptable"),
    UNAUTHORIZED("unauthorized", 401, "A valid access token is needed"),
    FORBIDDEN("forbidden", 403, "Not allowed"),
    NOT_FOUND("not_found", 404, "Not found"),
    METHOD_NOT_ALLOWED("method_not_allowed", 405, "This method is not allowed here"),
    NOT_ACCEPTABLE("not_acceptable", 406, "Only application/json is spoken here"),
    IN_PROGRESS("in_progress", 409, "The first request with this key is still being answered"),
    TEMPLATE_NAME_TAKEN("template_name_taken", 409, "This name is taken"),
    TOO_MANY_TEMPLATES("too_many_templates", 409, "There are too many templates"),
    BODY_TOO_LARGE("body_too_large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415, "The body must be application/json"),
    KEY_REUSED("idempotency_key_reused", 422, "This key belongs to another request"),
    RATE_LIMITED("rate_limited", 429, "Too many sends"),
    HEADERS_TOO_LARGE("headers_too_large", 431, "The headers are too large"),
    INTERNAL("internal", 500, "An error of ours"),
    UNAVAILABLE("unavailable", 503, "Not available for the moment");

    private final String code;
    private final int status;
    private final String title;

    ProblemCode(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /** The last part of the problem's {@code type}. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What an HTTP status means when that is all a layer tells. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> BAD_REQUEST; // what Tomcat says of a Transfer-Encoding that it does not know
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
