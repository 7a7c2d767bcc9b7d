package io.belfry.api.courses;

import io.belfry.access.Caller;
import io.belfry.api.ApiSettings;
import io.belfry.api.http.PublicUrls;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom a token names, and where their socket is to be opened. */
@RestController
final class MeController {

    private final CourseRepository courses;
    private final PublicUrls urls;
    private final String readReport;

    MeController(CourseRepository courses, PublicUrls urls, ApiSettings settings) {
        this.courses = courses;
        this.urls = urls;
        this.readReport = settings.report().name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param id null for a service
     * @param name the token's, else the directory's, else null
     * @param roles admin, service
     * @param readReport names or counts: whether instructors see who has read a send
     */
    record Me(@Nullable Long id, @Nullable String name, List<String> roles, String websocketUrl, String readReport) {}

    @GetMapping(path = "/api/me", produces = MediaType.APPLICATION_JSON_VALUE)
    Me me(@AuthenticationPrincipal Caller caller) {
        List<String> roles = caller.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        return new Me(caller.userId(), name(caller), roles, urls.webSocket(caller.userId()), readReport);
    }

    private @Nullable String name(Caller caller) {
        if (caller.name() != null || caller.userId() == null) {
            return caller.name();
        }
        return courses.nameOf(caller.userId()).orElse(null);
    }
}
