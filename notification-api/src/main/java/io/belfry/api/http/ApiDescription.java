package io.belfry.api.http;

import io.belfry.api.ApiSettings;
import io.belfry.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The written description of the calls, {@code openapi.yaml}, as JSON, and a page that shows it. */
@RestController
final class ApiDescription implements WebMvcConfigurer {

    private static final String PAGE = "META-INF/resources/webjars/swagger-ui/";
    private static final String PAGE_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** What its calls have in common is written once; the parser's own limit, 50, is for documents of strangers. */
    private static final int MAX_ALIASES = 200;

    private final ApiSettings settings;

    ApiDescription(ApiSettings settings) {
        this.settings = settings;
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> json() throws IOException {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document());
    }

    private byte[] document() throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        try (InputStream file = new ClassPathResource("openapi.yaml").getInputStream()) {
            Map<String, Object> document = new Yaml(new SafeConstructor(options)).load(file);
            URI address = settings.addresses().http();
            document.put("servers", List.of(Map.of("url", address == null ? "/" : address.toString())));
            // What its own lines have in common.
            document.keySet().removeIf(name -> name.startsWith("x-"));
            if (!settings.demo() && document.get("paths") instanceof Map<?, ?> paths) {
                paths.keySet().removeIf(path -> path.toString().startsWith("/api/demo/"));
            }
            return StrictJson.ignoringUnknownFields().write(document);
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/swagger-ui.html", "/swagger-ui/index.html");
    }

    /** Its own start script, which names our document, comes before the one in the jar. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/swagger-ui/**")
                .addResourceLocations("classpath:/swagger-ui/", "classpath:/" + PAGE + pageVersion() + "/");
    }

    private static String pageVersion() {
        Properties jar = new Properties();
        try (InputStream file = new ClassPathResource(PAGE_VERSION).getInputStream()) {
            jar.load(file);
        } catch (IOException e) {
            throw new IllegalStateException("the jar of swagger-ui is not there", e);
        }
        return jar.getProperty("version", "");
    }
}
