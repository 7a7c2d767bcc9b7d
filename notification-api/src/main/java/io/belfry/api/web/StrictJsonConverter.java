package io.belfry.api.web;

import io.belfry.json.StrictJson;
import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Our own documents as bodies: read by the contract's rules from the raw bytes, which Jackson alone would mend. */
final class StrictJsonConverter extends AbstractHttpMessageConverter<Object> {

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
        return JSON.bind(JSON.parseObject(message.getBody().readAllBytes(), MAX_DEPTH), type);
    }

    @Override
    protected void writeInternal(Object document, HttpOutputMessage message) throws IOException {
        byte[] body = JSON.write(document);
        message.getHeaders().setContentLength(body.length);
        message.getBody().write(body);
    }
}
