package io.belfry.kit.database;

import tools.jackson.databind.JsonNode;

/** One notification as a client shows it; the content never changes once added. */
public record Item(long id, long addedSeq, boolean read, String title) {

    /** A row of a list that REST gave. */
    public static Item listed(JsonNode row) {
        return new Item(
                row.path("id").asLong(),
                row.path("added_seq").asLong(),
                row.path("is_read").asBoolean(),
                row.path("title").asString());
    }

    public Item read(boolean now) {
        return new Item(id, addedSeq, now, title);
    }
}
