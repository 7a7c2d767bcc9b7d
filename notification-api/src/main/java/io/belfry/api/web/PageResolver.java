package io.belfry.api.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * The page's files, and the page itself for its deep links: for every other path that a browser navigates to, told by
 * {@code text/html} in {@code Accept}. A script or a probe that asks for a path that is not there gets 404.
 */
final class PageResolver extends PathResourceResolver {

    private static final String INDEX = "index.html";
    private static final Pattern NOT_THE_PAGE = Pattern.compile("(api|actuator|v3|swagger-ui[^/]*)(/.*)?");
    private static final Resource PLACEHOLDER = new ClassPathResource("placeholder/index.html");

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String path,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        if (NOT_THE_PAGE.matcher(path).matches()) {
            return null;
        }
        Resource file = super.resolveResourceInternal(request, path, locations, chain);
        return file == null && (path.equals(INDEX) || navigates(request)) ? index(locations) : file;
    }

    private static boolean navigates(@Nullable HttpServletRequest request) {
        String accept = request == null ? null : request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    private static Resource index(List<? extends Resource> locations) {
        for (Resource location : locations) {
            try {
                Resource index = location.createRelative(INDEX);
                if (index.isReadable()) {
                    return index;
                }
            } catch (IOException e) {
                // not there
            }
        }
        return PLACEHOLDER;
    }
}
