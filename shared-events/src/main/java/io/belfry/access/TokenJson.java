package io.belfry.access;

import io.belfry.json.StrictJson;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.Map;

/** jjwt's JSON by our own library: it ships none for Jackson 3. */
public final class TokenJson {

    private static final int MAX_DEPTH = 8;
    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    private TokenJson() {}

    /** For {@code Jwts.parser().json(…)}. */
    public static final class Reader extends AbstractDeserializer<Map<String, ?>> {

        @Override
        protected Map<String, ?> doDeserialize(java.io.Reader reader) throws IOException {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            @SuppressWarnings("unchecked") // a JSON object binds to a map with text keys
            Map<String, Object> map = JSON.bind(JSON.parseObject(text.toString(), MAX_DEPTH), Map.class);
            // RFC 7519 has sub as a text and jjwt insists; platforms write their integer ids all the same.
            map.computeIfPresent(
                    "sub", (name, sub) -> sub instanceof Integer || sub instanceof Long ? sub.toString() : sub);
            return map;
        }
    }

    /** For {@code Jwts.builder().json(…)}. */
    public static final class Writer extends AbstractSerializer<Map<String, ?>> {

        @Override
        protected void doSerialize(Map<String, ?> map, OutputStream out) throws IOException {
            out.write(JSON.write(map));
        }
    }
}
