package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.access.AuditLog;
import io.belfry.api.courses.CourseAccess;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.sending.RequestRepository.StoredRequest;
import io.belfry.api.sending.Submission.Sender;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who sees a send: its sender, those who instruct its course, and admins, whose look is written down. */
@Component
final class VisibleRequests {

    private final RequestRepository requests;
    private final CourseAccess courses;
    private final AuditLog audit;

    VisibleRequests(RequestRepository requests, CourseAccess courses, AuditLog audit) {
        this.requests = requests;
        this.courses = courses;
        this.audit = audit;
    }

    /** @throws ProblemException 404 for one that is not there, and for everyone else */
    StoredRequest find(Caller caller, String id) {
        return requests.one(id).filter(found -> sees(caller, found)).orElseThrow(ProblemException::notFound);
    }

    private boolean sees(Caller caller, StoredRequest request) {
        return request.caller.equals(Sender.of(caller).scope())
                || answersFor(caller, request.test ? null : request.courseId, "request:" + request.id);
    }

    /** Whether the caller sees all sends to a course, not only own ones. */
    boolean seesAll(Caller caller, long course) {
        return answersFor(caller, course, "requests:" + course);
    }

    /**
     * Whether the caller instructs the course, or is an admin.
     *
     * @param course null = it was not sent to one
     * @param object what an admin looks at
     */
    private boolean answersFor(Caller caller, @Nullable Long course, String object) {
        if (course != null && courses.instructs(caller, course)) {
            return true;
        }
        if (caller.is(Role.ADMIN)) {
            audit.write(caller, "read", object);
            return true;
        }
        return false;
    }
}
