package io.belfry.api.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.belfry.api.access.InboxOwner;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.settings.ApiSettings;
import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.net.URI;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Completes the description that springdoc reads from the controllers. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    private static final String TOKEN = "token";

    static {
        // What the controllers take that callers do not send as such, and values that RecordSchemas describes.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(InboxOwner.class, PageRequest.class)
                .replaceWithSchema(NotificationData.class, new Schema<>())
                .replaceWithSchema(Audience.class, new Schema<>());
    }

    @Bean
    OpenAPI description(ApiSettings settings) {
        URI address = settings.addresses().http();
        return new OpenAPI()
                .info(new Info()
                        .title("Belfry")
                        .version("1")
                        .description("Notifications for learning platforms: a durable, numbered inbox for each user."))
                .servers(List.of(new Server().url(address == null ? "/" : address.toString())))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
    }

    /** Names as they are on the wire. */
    @Bean
    ModelResolver snakeCaseModels(ObjectMapperProvider mappers) {
        return new ModelResolver(
                mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    @Bean
    RecordSchemas recordSchemas(ObjectMapperProvider mappers) {
        return new RecordSchemas(mappers);
    }

    @Bean
    OperationCustomizer errorsOfCalls() {
        return new ErrorsOfCalls();
    }

    @Bean
    OpenApiCustomizer problems() {
        return new Problems();
    }
}
