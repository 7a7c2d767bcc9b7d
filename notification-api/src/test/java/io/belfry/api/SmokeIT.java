package io.belfry.api;

import io.belfry.api.support.*;
import org.junit.jupiter.api.Test;

class SmokeIT {
    @Test
    void looks() throws Exception {
        System.out.println(
                "OPENAPI " + TestSystem.shared().anonymous().get("/v3/api-docs").text());
    }
}
