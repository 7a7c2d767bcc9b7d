package io.belfry.api.http;

import io.belfry.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Our own documents as bodies: read by the contract's rules from the raw bytes, which Jackson alone would mend. */
public final class StrictJsonConverter extends AbstractHttpMessageConverter<Object> {

    /** The document is the first level, {@code data} the second. */
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 1;

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
     * Reads a document from a body, for calls that must decide something before.
     *
     * @throws io.belfry.json.MalformedJsonException if it is not one strict object
     * @throws io.belfry.json.InvalidFieldsException naming every broken field
     */
    public static <T> T read(InputStream body, Class<T> type) throws IOException {
        return JSON.bind(JSON.parseObject(body.readAllBytes(), MAX_DEPTH), type);
    }

    @Override
    protected void writeInternal(Object document, HttpOutputMessage message) throws IOException {
        byte[] body = JSON.write(document);
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }
}
