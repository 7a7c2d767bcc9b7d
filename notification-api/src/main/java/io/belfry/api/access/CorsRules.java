package io.belfry.api.access;

import io.belfry.api.ApiSettings;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Which pages may call. Tokens travel in a header that scripts set, so no credentials of the browser's are allowed. */
final class CorsRules {

    private CorsRules() {}

    static CorsFilter filter(ApiSettings settings) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins(settings));
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of("Authorization", "Content-Type", "Idempotency-Key"));
        rules.setExposedHeaders(List.of("Location", "Retry-After", "Idempotency-Replayed", "WWW-Authenticate"));
        rules.setAllowCredentials(false);
        rules.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/api/**", rules);
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new ProblemCorsProcessor());
        return filter;
    }

    /** Our own page too: behind a proxy its origin is not the one that the request came to. */
    private static List<String> origins(ApiSettings settings) {
        List<String> origins = new ArrayList<>(settings.corsOrigins());
        URI own = settings.addresses().http();
        if (own != null) {
            origins.add(own.getScheme() + "://" + own.getRawAuthority());
        }
        return origins;
    }

    /** Refuses other sites' pages with a problem, and without any CORS header. */
    static final class ProblemCorsProcessor extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            if (response instanceof ServletServerHttpResponse servlet) {
                Problem.of(ProblemCode.FORBIDDEN, "Pages of this origin may not call this api")
                        .writeTo(servlet.getServletResponse());
            }
        }
    }
}
