package io.belfry.api.access;

import io.belfry.access.TokenVerifier;
import io.belfry.api.ApiSettings;
import io.belfry.api.http.PublicUrls;
import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Three doors: the demo's sign-in, which gives tokens; the rest of {@code /api}, which needs one; and the page. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    @Bean
    TokenVerifier tokenVerifier(ApiSettings settings, Clock clock) {
        return new TokenVerifier(settings.tokens(), clock);
    }

    /** Spring Security would measure each of its filters, which costs more than they do; the call is measured as a whole. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    CorsFilter corsFilter(ApiSettings settings) {
        return CorsRules.filter(settings);
    }

    /** Paths that Spring Security's firewall refuses ({@code ;}, {@code //}, {@code %2e}): nothing of ours has such a name. */
    @Bean
    RequestRejectedHandler refusedPaths() {
        return (request, response, refusal) -> {
            boolean call = request.getRequestURI().startsWith("/api/");
            Problem.of(call ? ProblemCode.BAD_REQUEST : ProblemCode.NOT_FOUND, "No address looks like this")
                    .writeTo(response);
        };
    }

    /** A method that no call has is answered 405 with those it has, as any other wrong one. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    @Bean
    @Order(1)
    SecurityFilterChain demoDoor(HttpSecurity http) {
        return api(http.securityMatcher("/api/demo/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiDoor(HttpSecurity http, TokenVerifier verifier) {
        return api(http.securityMatcher("/api/**"))
                .addFilterBefore(new BearerTokenFilter(verifier), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, failure) ->
                        BearerTokenFilter.unauthorized("Bearer").writeTo(response)))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain pageDoor(HttpSecurity http, PublicUrls urls) {
        return stateless(http)
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        // Also of what was not packed: a cache must not give it to all.
                        .addHeaderWriter(new StaticHeadersWriter("Vary", "Accept-Encoding"))
                        // Pages of any origin may load it with Subresource Integrity.
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                PathPatternRequestMatcher.pathPattern("/embed/**"),
                                new StaticHeadersWriter("Access-Control-Allow-Origin", "*")))
                        .addHeaderWriter((request, response) -> response.setHeader(
                                "Content-Security-Policy", pagePolicy(request.getRequestURI(), urls))))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** What a browser may do with the page: its own files, this api and the gateway; no inline script, no framing. */
    private static String pagePolicy(String path, PublicUrls urls) {
        // The page of the OpenAPI description, not ours, writes styles into its elements.
        String inlineStyles = path.startsWith("/swagger-ui") ? " 'unsafe-inline'" : "";
        return "default-src 'none'; script-src 'self'; style-src 'self'" + inlineStyles
                + "; img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self' "
                + urls.webSocketOrigins() + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static HttpSecurity api(HttpSecurity http) {
        return stateless(http)
                .cors(cors -> {})
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        .addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store")));
    }

    /** What stays of the filters is what a token's call needs: none for a session, a login, or a caller without a name. */
    private static HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new InboxOwner.InboxOwnerResolver());
    }
}
