package io.belfry.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.ObjectMapperProvider;

/**
 * Says of our documents what the records say: in an answer every field is present, and one that is {@link Nullable} may be
 * null; in a body some can be left out.
 */
final class RecordSchemas implements ModelConverter {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();
    private static final String NULL = "null";

    /** Of bodies, by their schema's name: what cannot be left out. */
    private static final Map<String, List<String>> REQUIRED_IN_BODIES = Map.of(
            "NotificationRequested", List.of("audience", "notification_type", "message"),
            "CourseMessage", List.of("message"),
            "MarkAllRead", List.of(),
            "SignOut", List.of(),
            "SignIn", List.of("username"),
            "Refresh", List.of("refresh"));

    private final ObjectMapperProvider mappers;

    RecordSchemas(ObjectMapperProvider mappers) {
        this.mappers = mappers;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> model = mappers.jsonMapper().constructType(type.getType()).getRawClass();
        if (resolved != null && model.isRecord() && model.getName().startsWith("io.belfry.")) {
            Schema<?> schema = definition(resolved, context);
            if (schema.getProperties() != null) {
                complete(schema, model);
            }
        }
        return resolved;
    }

    private static Schema<?> definition(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        Schema<?> defined = reference == null
                ? null
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
        return defined == null ? resolved : defined;
    }

    private static void complete(Schema<?> schema, Class<?> model) {
        List<String> required = new ArrayList<>();
        for (RecordComponent field : fields(model)) {
            String name = SNAKE_CASE.translate(field.getName());
            Schema<?> property = schema.getProperties().get(name);
            if (property != null) {
                boolean nullable = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
                Schema<?> known = onTheWire(field, property);
                schema.getProperties().put(name, nullable ? orNull(known) : known);
                if (!field.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                    required.add(name);
                }
            }
        }
        schema.setRequired(REQUIRED_IN_BODIES.getOrDefault(model.getSimpleName(), required));
    }

    private static List<RecordComponent> fields(Class<?> model) {
        List<RecordComponent> fields = new ArrayList<>();
        for (RecordComponent component : model.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                fields.addAll(fields(component.getType()));
            } else {
                fields.add(component);
            }
        }
        return fields;
    }

    private static Schema<?> onTheWire(RecordComponent field, Schema<?> property) {
        if (field.getType() == Audience.class) {
            return Schemas.audience();
        }
        boolean json = field.getType() == NotificationData.class
                || field.getAccessor().isAnnotationPresent(JsonRawValue.class);
        return json ? Schemas.data() : property;
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.getAnyOf() != null) {
            return property; // a model may be resolved more than once
        }
        if (property.get$ref() != null) {
            return new Schema<>().anyOf(List.of(property, new Schema<>().types(Set.of(NULL))));
        }
        Set<String> types = new LinkedHashSet<>(property.getTypes() == null ? Set.of() : property.getTypes());
        if (property.getType() != null) {
            types.add(property.getType());
        }
        types.add(NULL);
        property.setTypes(types);
        return property;
    }
}
