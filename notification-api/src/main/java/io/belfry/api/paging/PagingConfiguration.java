package io.belfry.api.paging;

import io.belfry.api.http.PublicUrls;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controllers take a {@link PageRequest}. */
@Configuration(proxyBeanMethods = false)
public class PagingConfiguration implements WebMvcConfigurer {

    @Bean
    ListAddress listAddress(PublicUrls urls) {
        return new ListAddress(urls);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageRequest.Resolver());
    }
}
