package io.belfry.api.access;

import io.belfry.access.Caller;
import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The user whose inbox a call is about: always the caller's own. A controller that asks for one refuses services. */
public record InboxOwner(long userId) {

    /** Gives controllers the {@link InboxOwner} that calls. */
    static final class InboxOwnerResolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == InboxOwner.class;
        }

        @Override
        public InboxOwner resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            Long userId = authentication != null && authentication.getPrincipal() instanceof Caller caller
                    ? caller.userId()
                    : null;
            if (userId == null) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "A service has no inbox");
            }
            return new InboxOwner(userId);
        }
    }
}
