package io.belfry.api.http;

import io.belfry.api.ApiSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * The page's files, the web component for others' pages, and the page itself for its deep links: for every other path that a browser navigates to, told by
 * {@code text/html} in {@code Accept}, or by {@code *}{@code /*} there and a path that names no file.
 */
@Component
final class PageFiles implements WebMvcConfigurer {

    private static final String INDEX = "index.html";
    private static final Pattern NOT_THE_PAGE = Pattern.compile("(api|actuator|v3|swagger-ui[^/]*)(/.*)?");
    private static final Pattern NAMES_A_FILE = Pattern.compile("assets/.*|.*\\.[^/]*");
    private static final Resource PLACEHOLDER = new ClassPathResource("placeholder/index.html");

    private final String location;

    PageFiles(ApiSettings settings) {
        String root = settings.webRoot() == null
                ? "classpath:/static/"
                : settings.webRoot().toUri().toString();
        location = root.endsWith("/") ? root : root + "/";
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // The names of files in assets/ hold a hash of their content.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(location + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .resourceChain(false)
                .addResolver(new PackedResolver());
        // The address stays over releases. An hour, then it is asked whether it is still the same.
        registry.addResourceHandler("/embed/**")
                .addResourceLocations(location + "embed/")
                .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .setUseLastModified(false)
                .setEtagGenerator(PageFiles::tag)
                .resourceChain(false)
                .addResolver(new PackedResolver());
        registry.addResourceHandler("/**")
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                // Files in a jar have the same time in every build: a browser would keep a former page for ever.
                .setUseLastModified(false)
                .setEtagGenerator(PageFiles::tag)
                .resourceChain(false)
                .addResolver(new PackedResolver())
                .addResolver(new Resolver());
    }

    /** Changes with the file's content, and with nothing else. */
    private static String tag(Resource file) {
        try {
            return '"' + DigestUtils.md5DigestAsHex(file.getContentAsByteArray()) + '"';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives, in place of a file, the smallest of its packed forms that the browser takes. Spring's own takes the first that the
     * header names, which is gzip for every browser, and one that the header refuses ({@code q=0}).
     */
    private static final class PackedResolver extends EncodedResourceResolver {

        @Override
        protected @Nullable Resource resolveResourceInternal(
                @Nullable HttpServletRequest request,
                String path,
                List<? extends Resource> locations,
                ResourceResolverChain chain) {
            return super.resolveResourceInternal(
                    request == null ? null : new BestFirst(request, getContentCodings()), path, locations, chain);
        }
    }

    /** A request whose {@code Accept-Encoding} names what it takes of some codings, in their order. */
    private static final class BestFirst extends HttpServletRequestWrapper {

        private final List<String> codings;

        private BestFirst(HttpServletRequest request, List<String> codings) {
            super(request);
            this.codings = codings;
        }

        @Override
        public @Nullable String getHeader(String name) {
            String header = super.getHeader(name);
            if (header == null || !name.equalsIgnoreCase(HttpHeaders.ACCEPT_ENCODING)) {
                return header;
            }
            return codings.stream().filter(coding -> accepts(header, coding)).collect(Collectors.joining(","));
        }

        private static boolean accepts(String header, String coding) {
            try {
                return AcceptEncoding.parse(new StringReader(header)).stream()
                        .anyMatch(accepted -> accepted.getQuality() > 0
                                && accepted.getEncoding().equalsIgnoreCase(coding));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Resolver extends PathResourceResolver {

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
            return file == null && (path.equals(INDEX) || navigates(request, path)) ? index(locations) : file;
        }

        private static boolean navigates(@Nullable HttpServletRequest request, String path) {
            if (request == null
                    || !(request.getMethod().equals("GET")
                            || request.getMethod().equals("HEAD"))) {
                return false;
            }
            String accept = request.getHeader(HttpHeaders.ACCEPT);
            if ("*/*".equals(accept)) {
                return !NAMES_A_FILE.matcher(path).matches();
            }
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
}
