package io.belfry.api.templates;

import io.belfry.access.Caller;
import io.belfry.api.ApiSettings;
import io.belfry.api.courses.CourseAccess;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.http.ResourceId;
import io.belfry.api.http.StrictJsonConverter;
import io.belfry.api.paging.Page;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.templates.Template.Body;
import io.belfry.api.templates.Template.Content;
import io.belfry.events.LinkHosts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Templates of one's own, for those who may send to a course. That is looked at before a body is read. */
@RestController
@RequestMapping(path = TemplateController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class TemplateController {

    static final String PATH = "/api/templates";

    private final TemplateTable templates;
    private final CourseAccess courses;
    private final LinkHosts linkHosts;
    private final PublicUrls urls;

    TemplateController(TemplateTable templates, CourseAccess courses, ApiSettings settings, PublicUrls urls) {
        this.templates = templates;
        this.courses = courses;
        this.linkHosts = settings.linkHosts();
        this.urls = urls;
    }

    /** All: they are few. */
    @GetMapping
    Page<Template> list(@AuthenticationPrincipal Caller caller) {
        List<Template> all = templates.all(owner(caller));
        return new Page<>(all.size(), null, null, all);
    }

    @GetMapping("/{id}")
    Template one(@AuthenticationPrincipal Caller caller, @PathVariable ResourceId id) {
        return templates.one(owner(caller), id.value()).orElseThrow(ProblemException::notFound);
    }

    @PostMapping
    ResponseEntity<Template> add(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException {
        long owner = owner(caller);
        Template added = templates.add(owner, allowed(read(request).asNew()));
        return ResponseEntity.created(URI.create(urls.absolute(PATH + "/" + added.id() + "/")))
                .body(added);
    }

    @PatchMapping("/{id}")
    Template change(@AuthenticationPrincipal Caller caller, @PathVariable ResourceId id, HttpServletRequest request)
            throws IOException {
        long owner = owner(caller);
        Body change = read(request);
        return templates
                .change(owner, id.value(), kept -> allowed(change.over(kept)))
                .orElseThrow(ProblemException::notFound);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@AuthenticationPrincipal Caller caller, @PathVariable ResourceId id) {
        if (!templates.remove(owner(caller), id.value())) {
            throw ProblemException.notFound();
        }
        return ResponseEntity.noContent().build();
    }

    private static Body read(HttpServletRequest request) throws IOException {
        return StrictJsonConverter.read(request, Body.class);
    }

    private Content allowed(Content content) {
        linkHosts.check(content.data());
        return content;
    }

    private long owner(Caller caller) {
        Long user = caller.userId();
        if (user == null || !courses.maySend(caller)) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "Only who may send to a course has templates");
        }
        return user;
    }
}
