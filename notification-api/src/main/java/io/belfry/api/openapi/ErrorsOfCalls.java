package io.belfry.api.openapi;

import io.belfry.api.access.InboxOwner;
import io.belfry.api.paging.PageRequest;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.web.ResourceId;
import io.belfry.api.web.Sequence;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** Which problems a call can answer with, and how a list is paged: both follow from what its method takes. */
final class ErrorsOfCalls implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Set<ProblemCode> problems = EnumSet.of(ProblemCode.NOT_ACCEPTABLE, ProblemCode.UNAVAILABLE);
        boolean open = true;
        for (MethodParameter parameter : method.getMethodParameters()) {
            problems.addAll(problemsOf(parameter));
            boolean callers = parameter.getParameterType() == InboxOwner.class
                    || parameter.hasParameterAnnotation(AuthenticationPrincipal.class);
            open = open && !callers;
            if (parameter.getParameterType() == PageRequest.class) {
                pageParameters().forEach(operation::addParametersItem);
            }
            describe(parameter, operation);
        }
        if (open) {
            operation.security(List.of());
            if (problems.contains(ProblemCode.BODY_TOO_LARGE)) {
                problems.add(ProblemCode.UNAUTHORIZED); // a body and no caller: somebody signs in
            }
        }
        problems.forEach(problem -> operation
                .getResponses()
                .addApiResponse(
                        Integer.toString(problem.status()), new ApiResponse().$ref(Problems.reference(problem))));
        return operation;
    }

    private static Set<ProblemCode> problemsOf(MethodParameter parameter) {
        if (parameter.getParameterType() == InboxOwner.class
                || parameter.hasParameterAnnotation(AuthenticationPrincipal.class)) {
            return EnumSet.of(ProblemCode.UNAUTHORIZED, ProblemCode.FORBIDDEN);
        }
        if (parameter.getParameterType() == PageRequest.class || parameter.hasParameterAnnotation(PathVariable.class)) {
            return EnumSet.of(ProblemCode.INVALID_FIELDS, ProblemCode.NOT_FOUND);
        }
        if (parameter.hasParameterAnnotation(RequestParam.class)) {
            return EnumSet.of(ProblemCode.INVALID_FIELDS);
        }
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return EnumSet.of(
                    ProblemCode.INVALID_FIELDS, ProblemCode.BODY_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            return EnumSet.of(ProblemCode.IN_PROGRESS, ProblemCode.KEY_REUSED);
        }
        return EnumSet.noneOf(ProblemCode.class);
    }

    /** The form of numbers in addresses, which springdoc takes for texts. */
    private static void describe(MethodParameter parameter, Operation operation) {
        Class<?> type = parameter.getParameterType();
        if (type == ResourceId.class || type == Sequence.class) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            operation.getParameters().stream()
                    .filter(described -> described.getName().equals(parameter.getParameterName()))
                    .forEach(described ->
                            described.setSchema(type == Sequence.class ? Schemas.sequence() : Schemas.id()));
        }
    }

    private static List<Parameter> pageParameters() {
        return List.of(
                parameter("page_size", Schemas.number(1), "Rows, 20 if absent; over 100 counts as 100"),
                parameter("cursor", Schemas.text(), "Of next or previous; cannot be combined with page"),
                parameter("page", Schemas.number(1), "From 1; past the end is 404"));
    }

    private static Parameter parameter(String name, Schema<?> schema, String description) {
        return new Parameter().in("query").name(name).schema(schema).description(description);
    }
}
