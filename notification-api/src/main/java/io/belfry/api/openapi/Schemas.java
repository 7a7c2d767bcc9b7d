package io.belfry.api.openapi;

import io.belfry.events.Audience;
import io.belfry.events.Ids;
import io.belfry.events.NotificationData;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;

/** Schemas of values whose Java type does not tell how they look on the wire. */
final class Schemas {

    private static final BigDecimal MAX = BigDecimal.valueOf(Ids.MAX);

    private Schemas() {}

    static Schema<?> id() {
        return new IntegerSchema().format("int64").minimum(BigDecimal.ONE).maximum(MAX);
    }

    static Schema<?> sequence() {
        return new IntegerSchema().format("int64").minimum(BigDecimal.ZERO).maximum(MAX);
    }

    static Schema<?> data() {
        return new ObjectSchema()
                .additionalProperties(true)
                .description("At most " + NotificationData.MAX_BYTES
                        + " bytes as compact JSON; `url` is where the bell leads");
    }

    static Schema<?> audience() {
        Schema<?> users = new ArraySchema().items(id()).minItems(1).maxItems(Audience.MAX_USERS);
        return new ComposedSchema().oneOf(List.of(only("users", users), only("course", id())));
    }

    private static Schema<?> only(String name, Schema<?> property) {
        Schema<?> object = new ObjectSchema();
        object.addProperty(name, property);
        object.setRequired(List.of(name));
        object.setAdditionalProperties(false);
        return object;
    }
}
