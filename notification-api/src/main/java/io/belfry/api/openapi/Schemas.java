package io.belfry.api.openapi;

import io.belfry.events.Audience;
import io.belfry.events.Ids;
import io.belfry.events.NotificationData;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;

/** Schemas of values whose Java type does not tell how they look on the wire. */
final class Schemas {

    private static final BigDecimal MAX = BigDecimal.valueOf(Ids.MAX);

    private Schemas() {}

    static Schema<?> id() {
        return number(1).maximum(MAX);
    }

    static Schema<?> sequence() {
        return number(0).maximum(MAX);
    }

    static Schema<?> number(int minimum) {
        return of("integer").format("int64").minimum(BigDecimal.valueOf(minimum));
    }

    static Schema<?> text() {
        return of("string");
    }

    static Schema<?> data() {
        Schema<?> data = of("object");
        data.setDescription(
                "At most " + NotificationData.MAX_BYTES + " bytes as compact JSON; `url` is where the bell leads");
        data.setAdditionalProperties(true);
        return data;
    }

    static Schema<?> audience() {
        Schema<?> users = of("array").items(id()).minItems(1).maxItems(Audience.MAX_USERS);
        return new Schema<>(SpecVersion.V31).oneOf(List.of(only("users", users), only("course", id())));
    }

    private static Schema<?> only(String name, Schema<?> property) {
        Schema<?> object = of("object");
        object.addProperty(name, property);
        object.setRequired(List.of(name));
        object.setAdditionalProperties(false);
        return object;
    }

    private static Schema<?> of(String type) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        schema.setType(type);
        return schema;
    }
}
