package io.belfry.api.inbox;

import io.belfry.api.access.InboxOwner;
import io.belfry.api.http.ResourceId;
import io.belfry.api.inbox.InboxAnswers.AllRead;
import io.belfry.api.inbox.InboxAnswers.MarkAllRead;
import io.belfry.api.inbox.InboxAnswers.NotificationDetail;
import io.belfry.api.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changing one's inbox. Needs PostgreSQL alone; without Kafka other devices learn of it a little later. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
final class ReadStateController {

    private final InboxWriter writer;
    private final InboxReader reader;

    ReadStateController(InboxWriter writer, InboxReader reader) {
        this.writer = writer;
        this.reader = reader;
    }

    @PatchMapping(InboxController.ONE + "/mark_read")
    NotificationDetail markRead(InboxOwner owner, @PathVariable ResourceId id) {
        return setRead(owner.userId(), id.value(), true);
    }

    @PatchMapping(InboxController.ONE + "/mark_unread")
    NotificationDetail markUnread(InboxOwner owner, @PathVariable ResourceId id) {
        return setRead(owner.userId(), id.value(), false);
    }

    @PostMapping(path = InboxController.NOTIFICATIONS + "/mark_all_read", consumes = MediaType.APPLICATION_JSON_VALUE)
    AllRead markAllRead(InboxOwner owner, @RequestBody(required = false) @Nullable MarkAllRead body) {
        MarkAllRead which = body == null ? MarkAllRead.ALL : body;
        return writer.markAllRead(owner.userId(), which.upTo()).orElseThrow(ProblemException::notFound);
    }

    @DeleteMapping(InboxController.ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(InboxOwner owner, @PathVariable ResourceId id) {
        if (!writer.delete(owner.userId(), id.value())) {
            throw ProblemException.notFound();
        }
    }

    /** The answer is read after the change and may already show a later one; it is one snapshot all the same. */
    private NotificationDetail setRead(long user, long id, boolean read) {
        if (!writer.setRead(user, id, read)) {
            throw ProblemException.notFound();
        }
        return reader.one(user, id).orElseThrow(ProblemException::notFound);
    }
}
