package io.belfry.json;

import java.util.List;
import java.util.stream.Collectors;

/** A document that is readable but breaks one or more rules; thrown by the records' constructors as well. */
public final class InvalidFieldsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<FieldError> errors;

    /** @param errors at least one */
    public InvalidFieldsException(List<FieldError> errors) {
        super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    public InvalidFieldsException(String field, String message) {
        this(List.of(new FieldError(field, message)));
    }

    /** @throws InvalidFieldsException if there are any */
    public static void throwIfAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new InvalidFieldsException(errors);
        }
    }

    /** Every broken rule that was found, in the order of the fields. */
    public List<FieldError> errors() {
        return errors;
    }
}
