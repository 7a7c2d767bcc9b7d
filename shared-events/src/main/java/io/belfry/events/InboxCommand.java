package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.WireName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for over a socket. The gateway writes it for the socket's own user alone.
 *
 * @param id for {@link Command#MARK_READ}: the notification
 * @param upTo for {@link Command#MARK_ALL_READ}: it and what entered before it; null = all there is when it is applied
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InboxCommand(
        Long user,
        Command command,
        @Nullable Long id,
        @Nullable Long upTo) {

    /** What is asked for. */
    public enum Command implements WireName {
        MARK_READ,
        MARK_ALL_READ
    }

    public InboxCommand {
        List<FieldError> errors = new ArrayList<>();
        Ids.require("user", user, errors);
        if (command == null) {
            errors.add(new FieldError("command", "is required"));
        } else if (command == Command.MARK_READ) {
            Ids.require("id", id, errors);
        } else {
            Ids.checkOptional("up_to", upTo, errors);
        }
        InvalidFieldsException.throwIfAny(errors);
    }

    public static InboxCommand markRead(long user, long id) {
        return new InboxCommand(user, Command.MARK_READ, id, null);
    }

    public static InboxCommand markAllRead(long user, @Nullable Long upTo) {
        return new InboxCommand(user, Command.MARK_ALL_READ, null, upTo);
    }
}
