package io.belfry.api;

import io.belfry.api.support.*;
import org.junit.jupiter.api.Test;

class SmokeIT {
    @Test
    void looks() throws Exception {
        TestSystem system = TestSystem.shared();
        TestDatabase db = system.database();
        long ana = TestSystem.newId();
        db.person(ana, "Ana");
        for (int i = 0; i < 5; i++) db.deliver(ana);
        Api api = system.asUser(ana);
        java.util.function.Consumer<Api.Answer> show = a -> System.out.println(a.status() + " " + a.response().headers().map() + "\n   " + a.text());
        show.accept(api.get("/api/notifications/?page_size=2"));
        show.accept(api.get("/api/notifications/changes/?after=0"));
        show.accept(api.get("/api/notifications/unread_count"));
        show.accept(api.get("/api/notifications/mark_all_read/"));
        show.accept(api.get("/api/notifications/abc/"));
        show.accept(api.get("/api/nothing/"));
        show.accept(system.anonymous().get("/api/me"));
        show.accept(api.get("/api/me/"));
        show.accept(api.get("/api/courses/"));
        show.accept(api.get("/"));
        show.accept(api.get("/actuator/health/readiness"));
        show.accept(api.get("/actuator/env"));
        show.accept(api.get("/..;/actuator"));
        show.accept(api.get("/v3/api-docs"));
        System.out.println("OPENAPI " + new String(api.get("/v3/api-docs").response().body()));
        show.accept(api.get("/actuator/prometheus"));
        long c = TestSystem.newId();
        db.course(c, "C"); db.member(c, ana, "instructor");
        show.accept(api.get("/api/courses/"));
        show.accept(api.post("/api/courses/" + c + "/notify-students/", "{\"message\":\"hi\"}"));
        show.accept(api.post("/api/courses/" + c + "/notify-students/", "{\"message\":\"\",\"title\":5}"));
        show.accept(api.get("/api/notification-requests/"));
    }
}
