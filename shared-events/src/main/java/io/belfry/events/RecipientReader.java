package io.belfry.events;

import io.belfry.events.NotificationStored.Recipient;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** An event has up to 500 of these, and Jackson's own way to a record takes more than twice as long. */
final class RecipientReader extends StdDeserializer<Recipient> {

    RecipientReader() {
        super(Recipient.class);
    }

    @Override
    public Recipient deserialize(JsonParser fields, DeserializationContext context) {
        Long user = null;
        Long seq = null;
        Long unread = null;
        for (String name = fields.nextName(); name != null; name = fields.nextName()) {
            fields.nextToken();
            switch (name) {
                case "user" -> user = _parseLongPrimitive(fields, context);
                case "seq" -> seq = _parseLongPrimitive(fields, context);
                case "unread" -> unread = _parseLongPrimitive(fields, context);
                default -> fields.skipChildren();
            }
        }
        return user == null || seq == null || unread == null
                ? context.reportInputMismatch(this, "user, seq or unread is missing")
                : new Recipient(user, seq, unread);
    }
}
