package io.belfry.api.sessions;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.access.AuditLog;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.events.Ids;
import io.belfry.json.InvalidFieldsException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing out: oneself, or, for services and admins, any user. */
@RestController
final class SignOutController {

    private final SignOuts signOuts;
    private final AuditLog audit;

    SignOutController(SignOuts signOuts, AuditLog audit) {
        this.signOuts = signOuts;
        this.audit = audit;
    }

    /** @param user null = the caller */
    record SignOut(@Nullable Long user) {

        SignOut {
            if (user != null && !Ids.isValid(user)) {
                throw new InvalidFieldsException("user", "must be from 1 to 2^53 - 1");
            }
        }
    }

    @PostMapping(
            path = "/api/sessions/sign-out",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(@AuthenticationPrincipal Caller caller, @RequestBody(required = false) @Nullable SignOut body) {
        Long user = body == null || body.user() == null ? caller.userId() : body.user();
        if (user == null) {
            throw new InvalidFieldsException("user", "is required from a service");
        }
        if (!user.equals(caller.userId()) && !caller.is(Role.SERVICE) && !caller.is(Role.ADMIN)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Services and admins may sign others out");
        }
        boolean own = user.equals(caller.userId());
        signOuts.signOut(user, own ? caller.issuedAt() : null);
        if (!own) {
            audit.write(caller, "sign_out", "user:" + user);
        }
    }
}
