package io.belfry.api.access;

import io.belfry.api.http.PublicUrls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/** What a browser may do with the page: its own files, this api and the gateway; no inline script, no framing. */
final class PageHeaders implements HeaderWriter {

    private final PublicUrls urls;

    PageHeaders(PublicUrls urls) {
        this.urls = urls;
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        // The page of the OpenAPI description, not ours, writes styles into its elements.
        String inlineStyles = request.getRequestURI().startsWith("/swagger-ui") ? " 'unsafe-inline'" : "";
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'" + inlineStyles
                        + "; img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self'"
                        + "; connect-src 'self' " + urls.webSocketOrigin()
                        + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }
}
