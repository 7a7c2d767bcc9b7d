package io.belfry.json;

import io.belfry.json.MalformedJsonException.Kind;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializerBase;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes JSON by the contract's rules, the same at every door: REST bodies, events, frames.
 *
 * <p>Bad input, never mended: bytes that are not UTF-8, duplicate names, text after the end, NUL, lone surrogates,
 * numbers beyond a double's range, too many levels, and coercion ({@code "12"} or 1.9 for an integer, 5 for a text).
 * Jackson's defaults let all of these through.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class StrictJson {

    /** Most levels that {@code data} and frames may have; the outermost object is the first. */
    public static final int MAX_DEPTH = 16;

    /** No document of any door is deeper: a structured CloudEvent is an envelope around an event around its data. */
    private static final int MAX_DOCUMENT_DEPTH = MAX_DEPTH + 2;

    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    private static final StrictJson TOLERANT = new StrictJson(false);
    private static final StrictJson EXACT = new StrictJson(true);

    private final JsonMapper mapper;

    private StrictJson(boolean failOnUnknownFields) {
        this.mapper = JsonMapper.builder(factory())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        // The parser's own detection makes a set for each object.
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, failOnUnknownFields)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new SimpleModule("belfry-wire").addSerializer(new InstantSerializer()))
                .build();
    }

    /** For events and frames: a field that this version does not know is ignored. */
    public static StrictJson ignoringUnknownFields() {
        return TOLERANT;
    }

    /** For REST bodies: a field that this version does not know is an error of that field. */
    public static StrictJson refusingUnknownFields() {
        return EXACT;
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DOCUMENT_DEPTH)
                        .maxStringLength(32_768)
                        .maxNameLength(16_384)
                        .maxNumberLength(1_000)
                        .maxTokenCount(30_000)
                        .maxDocumentLength(MAX_DOCUMENT_BYTES)
                        .build())
                .build();
    }

    /**
     * The document in these bytes.
     *
     * @param maxDepth most levels, 1..18; the document's own object or array is the first
     * @throws MalformedJsonException if they are not one document by the contract's rules
     */
    public JsonNode parse(byte[] utf8, int maxDepth) {
        if (utf8.length == 0) {
            throw new MalformedJsonException(Kind.EMPTY, "empty");
        }
        return parse(decode(utf8), maxDepth);
    }

    /** As {@link #parse(byte[], int)}, of text that is decoded already. */
    public JsonNode parse(String text, int maxDepth) {
        JsonNode document;
        try {
            document = mapper.readTree(text);
        } catch (StreamConstraintsException e) {
            boolean depth = e.getOriginalMessage().contains("nesting depth");
            throw new MalformedJsonException(depth ? Kind.TOO_DEEP : Kind.NOT_JSON, e.getOriginalMessage());
        } catch (JacksonException e) {
            throw new MalformedJsonException(Kind.NOT_JSON, syntaxMessage(e));
        }
        if (document.isMissingNode()) {
            throw new MalformedJsonException(Kind.EMPTY, "empty");
        }
        DocumentRules.check(document, maxDepth);
        return document;
    }

    /** As {@link #parse(byte[], int)}, and the document is an object. */
    public ObjectNode parseObject(byte[] utf8, int maxDepth) {
        return object(parse(utf8, maxDepth));
    }

    /** As {@link #parse(String, int)}, and the document is an object. */
    public ObjectNode parseObject(String text, int maxDepth) {
        return object(parse(text, maxDepth));
    }

    private static ObjectNode object(JsonNode document) {
        if (document instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedJsonException(Kind.NOT_OBJECT, "not a JSON object");
    }

    /**
     * A checked document as a record.
     *
     * @throws InvalidFieldsException if a field has the wrong type or the record's own rules refuse it
     */
    public <T> T bind(JsonNode document, Class<T> type) {
        try {
            return mapper.treeToValue(document, type);
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    /** Compact UTF-8. */
    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** Compact text. */
    public String writeText(Object value) {
        return mapper.writeValueAsString(value);
    }

    private static String decode(byte[] utf8) {
        try {
            return Utf8.decode(utf8);
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException(Kind.NOT_JSON, "not UTF-8");
        }
    }

    private static String syntaxMessage(JacksonException e) {
        String message = e.getOriginalMessage();
        boolean duplicate = message != null && message.startsWith("Duplicate");
        var at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return (duplicate ? "a duplicate name" : "not JSON") + where;
    }

    private static InvalidFieldsException invalid(JacksonException e) {
        String path = path(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldsException rules) {
                return new InvalidFieldsException(
                        rules.errors().stream().map(error -> error.under(path)).toList());
            }
        }
        if (e instanceof UnrecognizedPropertyException) {
            return new InvalidFieldsException(path, "is not a field of this document");
        }
        return new InvalidFieldsException(List.of(new FieldError(path, "has the wrong type or is out of range")));
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static final class InstantSerializer extends ToStringSerializerBase {

        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public String valueToString(Object time) {
            return WireTime.format((Instant) time);
        }
    }
}
