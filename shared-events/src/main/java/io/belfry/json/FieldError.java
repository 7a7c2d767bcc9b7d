package io.belfry.json;

/**
 * One broken rule of a document.
 *
 * @param field dotted path from the document's root ({@code audience.users[3]}); empty = the document itself
 * @param message what is wrong, for a person; never contains the rejected value
 */
public record FieldError(String field, String message) {

    /** The same error seen from the document that holds this one under {@code prefix}. */
    public FieldError under(String prefix) {
        if (prefix.isEmpty()) {
            return this;
        }
        if (field.isEmpty()) {
            return new FieldError(prefix, message);
        }
        return new FieldError(field.startsWith("[") ? prefix + field : prefix + "." + field, message);
    }

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
