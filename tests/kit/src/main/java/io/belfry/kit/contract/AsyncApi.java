package io.belfry.kit.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of topics and frames, for checking what is really sent. Safe for use by many threads. */
public final class AsyncApi {

    private static final String LOCATION = "https://belfry.example/asyncapi.json";
    private static final AsyncApi SHARED = new AsyncApi(Repository.read("docs/asyncapi.yaml"));

    private final JsonNode document;
    private final Map<String, Schema> frames = new HashMap<>();
    private final Map<String, Schema> events = new HashMap<>();
    private final Set<String> serverFrames = new TreeSet<>();

    private AsyncApi(String yaml) {
        document = new YAMLMapper().readTree(yaml);
        document.at("/components/schemas").forEach(Json::close);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7, settings -> settings.schemas(Map.of(LOCATION, schemasAlone())));
        for (Map.Entry<String, JsonNode> channel : document.path("channels").properties()) {
            boolean socket = channel.getKey().equals("socket");
            channel.getValue().path("messages").forEach(reference -> {
                JsonNode message = resolve(reference);
                String pointer = message.at("/payload/$ref").asString("");
                if (!pointer.isEmpty()) {
                    Schema schema = registry.getSchema(SchemaLocation.of(LOCATION + pointer));
                    (socket ? frames : events).put(name(socket, message), schema);
                }
            });
        }
        document.at("/operations/push/messages")
                .forEach(reference -> serverFrames.add(name(true, resolve(resolve(reference)))));
    }

    /** The document's own fields would be read as keywords of a schema. */
    private String schemasAlone() {
        return Json.object("components", Map.of("schemas", document.at("/components/schemas")))
                .toString();
    }

    public static AsyncApi shared() {
        return SHARED;
    }

    /** What this frame, sent by a gateway, has that the description has not, or the other way round; empty = it fits. */
    public List<String> misfitsOfServerFrame(JsonNode frame) {
        String type = frame.path("type").asString("");
        if (!serverFrames.contains(type)) {
            return List.of("a frame of type " + type + " from the server: " + frame);
        }
        return misfits(frames.get(type), frame);
    }

    /** As {@link #misfitsOfServerFrame}, for frames of either side. */
    public List<String> misfitsOfFrame(JsonNode frame) {
        return misfits(frames.get(frame.path("type").asString("")), frame);
    }

    /** As {@link #misfitsOfServerFrame} for the data of an event. */
    public List<String> misfitsOfEvent(String type, JsonNode data) {
        return misfits(events.get(type), data);
    }

    public Set<String> eventTypes() {
        return Set.copyOf(events.keySet());
    }

    public Set<String> serverFrameTypes() {
        return Set.copyOf(serverFrames);
    }

    public List<String> deadLetterCodes() {
        return document.at("/components/schemas/DeadLetterHeaders/properties/belfry-error/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    public JsonNode document() {
        return document;
    }

    private static List<String> misfits(@Nullable Schema schema, JsonNode instance) {
        if (schema == null) {
            return List.of("no such message is described: " + instance);
        }
        return schema.validate(instance).stream()
                .map(error -> error + " in " + instance)
                .toList();
    }

    private String name(boolean socket, JsonNode message) {
        if (!socket) {
            return message.path("name").asString();
        }
        JsonNode schema = resolve(message.path("payload"));
        JsonNode first = schema.has("oneOf") ? schema.at("/oneOf/0") : schema;
        return first.at("/properties/type/const").asString();
    }

    private JsonNode resolve(JsonNode reference) {
        String pointer = reference.path("$ref").asString("");
        return pointer.isEmpty() ? reference : document.at(pointer.substring(1));
    }
}
