package io.belfry.api.http;

import io.belfry.api.ApiSettings;
import io.belfry.runtime.tracing.Tracing;
import jakarta.servlet.Filter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Sets up MVC and the filters around it. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

    /** Spring Security's filter has -100. */
    private static final int BEFORE_SECURITY = -200;

    private static final int AFTER_SECURITY = 0;

    private static final int MEMORY_OF_CALLS = 96 * 1024 * 1024;

    /** Of 200 threads. */
    private static final int BODIES_WAITED_FOR = 50;

    /** Of 8,192 connections: a proxy in front needs fewer, and one client cannot have them all. */
    private static final int CONNECTIONS_OF_ONE_ADDRESS = 6_000;

    private final ApiSettings settings;

    HttpConfiguration(ApiSettings settings) {
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
    FilterRegistrationBean<Drain.DrainFilter> drainFilter(Drain drain) {
        return ordered(new Drain.DrainFilter(drain), BEFORE_SECURITY - 1);
    }

    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(Tracing tracing) {
        return ordered(new TraceFilter(tracing), BEFORE_SECURITY);
    }

    /** Every call exists with and without the slash at its end; our mappings are written without. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> trailingSlashFilter() {
        return ordered(
                UrlHandlerFilter.trailingSlashHandler("/api/**").wrapRequest().build(), BEFORE_SECURITY + 1);
    }

    @Bean
    CallMemory callMemory() {
        return new CallMemory(MEMORY_OF_CALLS);
    }

    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(CallMemory memory) {
        return ordered(new BodyFilter(memory, BODIES_WAITED_FOR), AFTER_SECURITY);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatListener() {
        return factory -> {
            factory.addContextValves(new HttpProtocol.AmbiguousLengthValve());
            factory.addEngineValves(new HttpProtocol.UnreadBodyValve());
            factory.setProtocol(HttpProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                // Parameters stand in addresses alone: a form's body is never read for one.
                connector.setParseBodyMethods("");
                ((HttpProtocol) connector.getProtocolHandler()).setMaxPerAddress(CONNECTIONS_OF_ONE_ADDRESS);
            });
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

    /** Ids in addresses and parameters; an empty parameter counts as absent. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, ResourceId.class, HttpConfiguration::idUnlessEmpty);
    }

    @SuppressWarnings("NullAway") // a converter that gives null says "absent" to Spring
    private static ResourceId idUnlessEmpty(String text) {
        return text.isEmpty() ? null : ResourceId.parse(text);
    }

    private static <F extends Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
