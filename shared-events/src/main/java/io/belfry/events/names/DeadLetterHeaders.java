package io.belfry.events.names;

/** Headers of a dead letter, behind those that its record came with. Values are UTF-8. */
public final class DeadLetterHeaders {

    /** The wire name of a poison code. */
    public static final String ERROR = "belfry-error";

    /** For operators, at most 1,000 characters. */
    public static final String ERROR_DETAIL = "belfry-error-detail";

    public static final String ORIGINAL_TOPIC = "belfry-original-topic";
    public static final String ORIGINAL_PARTITION = "belfry-original-partition";
    public static final String ORIGINAL_OFFSET = "belfry-original-offset";

    /** When an operator put the record back; on the record that was put back. */
    public static final String REPLAYED_AT = "belfry-replayed-at";

    private DeadLetterHeaders() {}
}
