package io.belfry.api.web;

import io.belfry.api.settings.ApiSettings;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Sets up MVC and the filters around it. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration implements WebMvcConfigurer {

    /** Spring Security's filter has -100. */
    private static final int BEFORE_SECURITY = -200;

    private static final int AFTER_SECURITY = 0;

    private final ApiSettings settings;

    WebConfiguration(ApiSettings settings) {
        this.settings = settings;
    }

    @Bean
    PublicUrls publicUrls() {
        return new PublicUrls(settings.addresses());
    }

    @Bean
    Drain drain() {
        return new Drain(settings.listener().drain());
    }

    @Bean
    FilterRegistrationBean<DrainFilter> drainFilter(Drain drain) {
        return ordered(new DrainFilter(drain), BEFORE_SECURITY - 1);
    }

    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter() {
        return ordered(new TraceFilter(), BEFORE_SECURITY);
    }

    /** Every call exists with and without the slash at its end; our mappings are written without. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> trailingSlashFilter() {
        return ordered(
                UrlHandlerFilter.trailingSlashHandler("/api/**").wrapRequest().build(), BEFORE_SECURITY + 1);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter() {
        return ordered(new BodyLimitFilter(), AFTER_SECURITY);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatListener() {
        return factory -> {
            factory.addContextValves(new AmbiguousLengthValve());
            factory.setPort(settings.listener().port());
            String address = settings.listener().address();
            if (address != null) {
                factory.setAddress(resolve(address));
            }
        };
    }

    private static InetAddress resolve(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("BELFRY_API_ADDRESS is no address of this machine", e);
        }
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new StrictJsonConverter());
    }

    /** Numbers in addresses and parameters; an empty parameter counts as absent. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, ResourceId.class, unlessEmpty(ResourceId::parse));
        registry.addConverter(String.class, Sequence.class, unlessEmpty(Sequence::parse));
    }

    @SuppressWarnings("NullAway") // a converter that gives null says "absent" to Spring
    private static <T> Converter<String, T> unlessEmpty(Function<String, T> parse) {
        return text -> text.isEmpty() ? null : parse.apply(text);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        String root = settings.webRoot() == null
                ? "classpath:/static/"
                : settings.webRoot().toUri().toString();
        String location = root.endsWith("/") ? root : root + "/";
        // The names of files in assets/ hold a hash of their content.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(location + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                // Files in a jar have the same time in every build: a browser would keep a former page for ever.
                .setUseLastModified(false)
                .setEtagGenerator(ContentTag::of)
                .resourceChain(false)
                .addResolver(new PageResolver());
    }

    private static <F extends Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
