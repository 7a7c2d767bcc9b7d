package io.belfry.api.demo;

import io.belfry.api.ApiSettings;
import io.belfry.api.paging.Page;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.json.InvalidFieldsException;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in as one of the demo's people. */
@RestController
@Profile(ApiSettings.DEMO_PROFILE)
@RequestMapping(path = "/api/demo", produces = MediaType.APPLICATION_JSON_VALUE)
final class DemoController {

    private final DemoTokens tokens;

    DemoController(DemoTokens tokens) {
        this.tokens = tokens;
    }

    record SignIn(String username) {

        @SuppressWarnings("ConstantValue") // a document may leave out anything
        SignIn {
            if (username == null) {
                throw new InvalidFieldsException("username", "is required");
            }
        }
    }

    record Refresh(String refresh) {

        @SuppressWarnings("ConstantValue") // a document may leave out anything
        Refresh {
            if (refresh == null) {
                throw new InvalidFieldsException("refresh", "is required");
            }
        }
    }

    record SignedIn(String access, String refresh, DemoPerson user) {}

    record Refreshed(String access) {}

    @PostMapping(path = "/token", consumes = MediaType.APPLICATION_JSON_VALUE)
    SignedIn signIn(@RequestBody SignIn body) {
        DemoPerson person = DemoPerson.byUsername(body.username())
                .orElseThrow(() -> refused("No demo user has that name; see /api/demo/users"));
        return new SignedIn(tokens.access(person), tokens.refresh(person), person);
    }

    @PostMapping(path = "/token/refresh", consumes = MediaType.APPLICATION_JSON_VALUE)
    Refreshed refresh(@RequestBody Refresh body) {
        DemoPerson person = tokens.refreshed(body.refresh()).orElseThrow(() -> refused("No valid refresh token"));
        return new Refreshed(tokens.access(person));
    }

    @GetMapping("/users")
    Page<DemoPerson> people() {
        return new Page<>(DemoPerson.ALL.size(), null, null, DemoPerson.ALL);
    }

    private static RuntimeException refused(String detail) {
        return Problem.of(ProblemCode.UNAUTHORIZED, detail)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .asException();
    }
}
