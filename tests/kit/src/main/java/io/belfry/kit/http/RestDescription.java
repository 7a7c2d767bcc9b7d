package io.belfry.kit.http;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.belfry.kit.contract.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the running api says of itself at {@code /v3/api-docs}, for checking its answers. Safe for use by many threads. */
public final class RestDescription {

    private static final String LOCATION = "https://belfry.example/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry registry;

    /** @param document OpenAPI 3.1 */
    public RestDescription(JsonNode document) {
        this.document = document;
        Json.close(document.at("/components/schemas"));
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                settings -> settings.schemas(Map.of(LOCATION, document.toString())));
    }

    /**
     * What this answer has that the description has not, or the other way round; empty = it fits, or the address is none
     * that is described.
     */
    public List<String> misfits(String method, String path, int status, String mediaType, byte[] body) {
        Optional<String> template = template(path);
        if (template.isEmpty() || status == 405) {
            return List.of();
        }
        String operation = "/paths/" + escape(template.get()) + "/" + method.toLowerCase(Locale.ROOT);
        if (document.at(operation).isMissingNode()) {
            return List.of();
        }
        String answer = resolved(operation + "/responses/" + status);
        if (document.at(answer).isMissingNode()) {
            return List.of(method + " " + template.get() + " answers " + status + ", which is not described");
        }
        JsonNode described = document.at(answer + "/content");
        if (described.isMissingNode() || described.isEmpty()) {
            return body.length == 0 ? List.of() : List.of(method + " " + template.get() + " " + status + " has a body");
        }
        String media = mediaType.split(";", 2)[0].strip();
        String schema = answer + "/content/" + escape(media) + "/schema";
        if (document.at(schema).isMissingNode()) {
            return List.of(method + " " + template.get() + " answers " + media + ", which is not described");
        }
        return registry
                .getSchema(SchemaLocation.of(
                        LOCATION + "#" + resolved(schema).replace("{", "%7B").replace("}", "%7D")))
                .validate(Json.parse(body))
                .stream()
                .map(error -> method + " " + template.get() + " " + status + ": " + error)
                .toList();
    }

    /** The described address that this one is; those without a variable first. */
    private Optional<String> template(String path) {
        String asked = path.endsWith("/") ? path : path + "/";
        return document.path("paths").propertyNames().stream()
                .filter(template ->
                        asked.matches(template.replaceAll("\\{[^}]*}", "[^/]+") + (template.endsWith("/") ? "" : "/")))
                .min(Comparator.comparing(template -> template.contains("{")));
    }

    /** The pointer that this one leads to. */
    private String resolved(String pointer) {
        String reference = document.at(pointer).path("$ref").asString("");
        return reference.isEmpty() ? pointer : reference.substring(1);
    }

    private static String escape(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }
}
