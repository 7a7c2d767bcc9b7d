package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.http.Descriptions;
import io.belfry.kit.system.NotificationSystem;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Every answer that the api gave while the tests ran is one that it describes at {@code /v3/api-docs}. Comes last. */
@Order(Integer.MAX_VALUE)
class ApiDescriptionIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @Test
    void answersAreDescribed() {
        system.admin().get("/api/notifications/").expect(200);
        system.admin().post("/api/notifications/", Json.object()).expectProblem(400);

        assertThat(Descriptions.misfits()).isEmpty();
    }
}
