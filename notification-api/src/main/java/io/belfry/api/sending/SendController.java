package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.ApiSettings;
import io.belfry.api.courses.CourseAccess;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.http.QueryFlag;
import io.belfry.api.http.ResourceId;
import io.belfry.api.http.StrictJsonConverter;
import io.belfry.api.http.TraceFilter;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.RequestPublisher.Receipt;
import io.belfry.api.sending.Submission.Sender;
import io.belfry.events.Audience;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.json.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Both calls that send. Whether the caller may is looked at before the body is read. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
final class SendController {

    private final RequestPublisher requests;
    private final CourseAccess courses;
    private final LinkHosts linkHosts;
    private final PublicUrls urls;

    SendController(RequestPublisher requests, CourseAccess courses, ApiSettings settings, PublicUrls urls) {
        this.requests = requests;
        this.courses = courses;
        this.linkHosts = settings.linkHosts();
        this.urls = urls;
    }

    @PostMapping("/api/courses/{id}/notify-students")
    ResponseEntity<SentToCourse> notifyStudents(
            @AuthenticationPrincipal Caller caller,
            @PathVariable ResourceId id,
            @RequestParam(defaultValue = "") String test,
            HttpServletRequest request,
            @RequestAttribute(TraceFilter.TRACEPARENT) String traceparent)
            throws IOException {
        int students = courses.studentsFor(caller, id.value());
        boolean toSelf = Boolean.TRUE.equals(QueryFlag.parse("test", test));
        if (toSelf && caller.userId() == null) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "A service has no inbox for a test");
        }
        CourseMessage message = StrictJsonConverter.read(request, CourseMessage.class);
        NotificationRequested event = message.toEvent(id.value(), caller.userId(), toSelf);
        event.data().checkLabel();
        String path = "/api/courses/" + id.value() + "/notify-students";
        Receipt receipt = send(caller, request, path, event, toSelf ? 1 : students, traceparent);
        return answer(receipt)
                .body(new SentToCourse(receipt.requestId(), id.value(), receipt.recipients(), statusUrl(receipt)));
    }

    @PostMapping("/api/notifications")
    ResponseEntity<Sent> send(
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            @RequestAttribute(TraceFilter.TRACEPARENT) String traceparent)
            throws IOException {
        if (!caller.is(Role.SERVICE) && !caller.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Services and admins may send to any user");
        }
        NotificationRequested event = StrictJsonConverter.read(request, NotificationRequested.class);
        if (event.testOfCourse() != null) {
            throw new InvalidFieldsException("test_of_course", "is not a field of this document");
        }
        Receipt receipt = send(caller, request, "/api/notifications", event, recipients(event.audience()), traceparent);
        return answer(receipt).body(new Sent(receipt.requestId(), statusUrl(receipt)));
    }

    private Receipt send(
            Caller caller,
            HttpServletRequest request,
            String path,
            NotificationRequested event,
            int recipients,
            String traceparent) {
        linkHosts.check(event.data());
        return requests.publish(
                new Submission(Sender.of(caller), IdempotencyKey.of(request), path, event, recipients, traceparent));
    }

    private int recipients(Audience audience) {
        if (audience instanceof Audience.Users named) {
            return named.users().size();
        }
        return courses.students(((Audience.Course) audience).course());
    }

    private ResponseEntity.BodyBuilder answer(Receipt receipt) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(HttpStatus.ACCEPTED).location(URI.create(statusUrl(receipt)));
        return receipt.replayed() ? answer.header("Idempotency-Replayed", "true") : answer;
    }

    private String statusUrl(Receipt receipt) {
        return urls.absolute(RequestController.PATH + "/" + receipt.requestId() + "/");
    }

    /** @param recipients students when it was accepted */
    record SentToCourse(String requestId, long course, int recipients, String statusUrl) {}

    record Sent(String requestId, String statusUrl) {}

    /** What an instructor writes to a course. Its rules are those of the event that it becomes. */
    record CourseMessage(
            @Nullable NotificationType notificationType,
            @Nullable String title,
            @Nullable String message,
            @Nullable NotificationData data) {

        /**
         * @param toSelf a test: for the sender alone
         * @throws InvalidFieldsException naming every broken field
         */
        @SuppressWarnings("NullAway") // the event refuses or replaces what is absent
        NotificationRequested toEvent(long course, @Nullable Long sender, boolean toSelf) {
            return new NotificationRequested(
                    toSelf ? Audience.user(sender) : Audience.course(course),
                    sender,
                    notificationType == null ? NotificationType.COURSE_UPDATE : notificationType,
                    title,
                    message,
                    data,
                    null,
                    toSelf ? course : null);
        }
    }
}
