package io.belfry.api.openapi;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** One response for each kind of problem, and the slash at the end of every address, as the contract writes them. */
final class Problems implements OpenApiCustomizer {

    private static final String SCHEMA = "Problem";

    private static final Set<ProblemCode> RETRY_AFTER =
            EnumSet.of(ProblemCode.IN_PROGRESS, ProblemCode.RATE_LIMITED, ProblemCode.UNAVAILABLE);

    static String reference(ProblemCode problem) {
        return "#/components/responses/" + problem.code();
    }

    @Override
    public void customise(OpenAPI description) {
        Components components = description.getComponents();
        ModelConverters.getInstance(true)
                .readAll(Problem.Body.class)
                .forEach((name, schema) -> components.addSchemas(name.equals("Body") ? SCHEMA : name, schema));
        for (ProblemCode problem : ProblemCode.values()) {
            components.addResponses(problem.code(), response(problem));
        }
        Paths written = new Paths();
        description.getPaths().forEach((path, item) -> written.addPathItem(path + "/", item));
        description.setPaths(written);
    }

    private static ApiResponse response(ProblemCode problem) {
        ApiResponse response = new ApiResponse()
                .description(problem.title())
                .content(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))));
        if (RETRY_AFTER.contains(problem)) {
            response.addHeaderObject(
                    "Retry-After", new Header().description("Seconds").schema(Schemas.number(1)));
        }
        if (problem == ProblemCode.UNAUTHORIZED) {
            response.addHeaderObject("WWW-Authenticate", new Header().schema(Schemas.text()));
        }
        return response;
    }
}
