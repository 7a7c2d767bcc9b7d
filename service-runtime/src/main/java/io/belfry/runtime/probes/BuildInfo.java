package io.belfry.runtime.probes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/** Which version this process is, by the manifest of its jar: {@code belfry_build_info}. */
public final class BuildInfo {

    /** {@code unpacked} where it runs from folders of classes. */
    public static final String VERSION =
            Objects.requireNonNullElse(BuildInfo.class.getPackage().getImplementationVersion(), "unpacked");

    private BuildInfo() {}

    public static void gauge(MeterRegistry metrics) {
        Gauge.builder("belfry.build.info", () -> 1)
                .description("1; its label tells the version")
                .tag("version", VERSION)
                .register(metrics);
    }
}
