package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.Role;
import io.belfry.api.courses.CourseAccess;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.SendAnswers.Sent;
import io.belfry.api.sending.SendAnswers.SentToCourse;
import io.belfry.api.web.PublicUrls;
import io.belfry.api.web.ResourceId;
import io.belfry.api.web.TraceFilter;
import io.belfry.events.Audience;
import io.belfry.events.LinkHosts;
import io.belfry.events.NotificationRequested;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Both calls that send. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE, consumes = MediaType.APPLICATION_JSON_VALUE)
final class SendController {

    private final RequestPublisher requests;
    private final CourseAccess courses;
    private final LinkHosts linkHosts;
    private final PublicUrls urls;

    SendController(RequestPublisher requests, CourseAccess courses, LinkHosts linkHosts, PublicUrls urls) {
        this.requests = requests;
        this.courses = courses;
        this.linkHosts = linkHosts;
        this.urls = urls;
    }

    @Operation(summary = "Send to all students of a course")
    @ApiResponse(
            responseCode = "202",
            description = "Every in-sync replica of Kafka has it",
            headers = {@Header(name = "Location"), @Header(name = "Idempotency-Replayed")})
    @ApiResponse(responseCode = "429", ref = "#/components/responses/rate_limited")
    @PostMapping("/api/courses/{id}/notify-students")
    ResponseEntity<SentToCourse> notifyStudents(
            @AuthenticationPrincipal Caller caller,
            @PathVariable ResourceId id,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestBody CourseMessage message,
            @RequestAttribute(TraceFilter.TRACEPARENT) String traceparent) {
        int students = courses.studentsFor(caller, id.value());
        NotificationRequested event = message.toEvent(id.value(), caller.userId());
        String path = "/api/courses/" + id.value() + "/notify-students";
        Receipt receipt = send(caller, key, path, event, students, traceparent);
        return answer(receipt)
                .body(new SentToCourse(receipt.requestId(), id.value(), receipt.recipients(), statusUrl(receipt)));
    }

    @Operation(summary = "Send to anybody: the data of the event, for services and admins")
    @ApiResponse(
            responseCode = "202",
            description = "Every in-sync replica of Kafka has it",
            headers = {@Header(name = "Location"), @Header(name = "Idempotency-Replayed")})
    @PostMapping("/api/notifications")
    ResponseEntity<Sent> send(
            @AuthenticationPrincipal Caller caller,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestBody NotificationRequested event,
            @RequestAttribute(TraceFilter.TRACEPARENT) String traceparent) {
        if (!caller.is(Role.SERVICE) && !caller.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Services and admins may send to anybody");
        }
        Receipt receipt = send(caller, key, "/api/notifications", event, recipients(event.audience()), traceparent);
        return answer(receipt).body(new Sent(receipt.requestId(), statusUrl(receipt)));
    }

    private Receipt send(
            Caller caller,
            @Nullable String key,
            String path,
            NotificationRequested event,
            int recipients,
            String traceparent) {
        linkHosts.check(event.data());
        return requests.publish(
                new Submission(Sender.of(caller), IdempotencyKey.of(key), path, event, recipients, traceparent));
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
}
