package io.belfry.api.http;

import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.json.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Our own documents as bodies: read by the contract's rules from the raw bytes, which Jackson alone would mend. */
public final class StrictJsonConverter extends AbstractHttpMessageConverter<Object> {

    /** The document is the first level, {@code data} the second. */
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 1;

    /** Silence ends sooner, by the connection's timeout; this ends the answer to a client that reads a little now and then. */
    private static final Duration READING_TIME = Duration.ofSeconds(20);

    private static final int PIECE = 16 * 1024;

    private static final StrictJson JSON = StrictJson.refusingUnknownFields();

    StrictJsonConverter() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.getName().startsWith("io.belfry.");
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
        return read(message.getBody(), type);
    }

    /**
     * Reads a request's document, for calls that must decide something before.
     *
     * @throws ProblemException 415 if there is a body of another type
     * @throws io.belfry.json.MalformedJsonException if it is not one strict object
     * @throws io.belfry.json.InvalidFieldsException naming every broken field
     */
    public static <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
        boolean isThere = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (isThere && !isJson(request.getContentType())) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, ProblemCode.UNSUPPORTED_MEDIA_TYPE.title());
        }
        return read(request.getInputStream(), type);
    }

    private static boolean isJson(@Nullable String type) {
        try {
            return type != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** Reads a document, as above but for what a request says of it. */
    public static <T> T read(InputStream body, Class<T> type) throws IOException {
        return JSON.bind(JSON.parseObject(body.readAllBytes(), MAX_DEPTH), type);
    }

    @Override
    protected void writeInternal(Object document, HttpOutputMessage message) throws IOException {
        byte[] body = JSON.write(document);
        message.getHeaders().setContentLength(body.length);
        OutputStream out = message.getBody();
        long start = System.nanoTime();
        for (int written = 0; written < body.length; written += PIECE) {
            if (System.nanoTime() - start > READING_TIME.toNanos()) {
                throw new AsyncRequestNotUsableException("the client reads too slowly");
            }
            out.write(body, written, Math.min(PIECE, body.length - written));
        }
    }
}
