package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.belfry.events.InboxChanged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of an {@code inbox} frame that says what changed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"epoch", "change", "ids", "up_to", "up_to_seq"})
record Changed(
        String epoch,
        InboxChanged.Change change,
        @Nullable List<Long> ids,
        @Nullable Long upTo,
        @Nullable Long upToSeq) {}
