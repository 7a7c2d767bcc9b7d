package io.belfry.api.paging;

import io.belfry.events.Ids;
import io.belfry.json.InvalidFieldsException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Which part of a list is asked for: {@code page_size}, and one of {@code cursor} and {@code page} or neither. A
 * controller takes it as a parameter.
 *
 * @param size rows, 1..100
 * @param cursor not looked into yet: that needs the list
 * @param page from 1; null = not asked for
 */
public record PageRequest(
        int size, @Nullable String cursor, @Nullable Long page) {

    public static final int DEFAULT_SIZE = 20;
    public static final int MAX_SIZE = 100;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");

    /** Of raw parameters; an empty one counts as absent. */
    static PageRequest parse(@Nullable String size, @Nullable String cursor, @Nullable String page) {
        Long pageNumber = isEmpty(page) ? null : number("page", page);
        if (pageNumber != null && !isEmpty(cursor)) {
            throw new InvalidFieldsException("page", "cannot be combined with cursor");
        }
        long rows = isEmpty(size) ? DEFAULT_SIZE : number("page_size", size);
        return new PageRequest((int) Math.min(rows, MAX_SIZE), isEmpty(cursor) ? null : cursor, pageNumber);
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static long number(String name, @Nullable String text) {
        long number = text != null && NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (!Ids.isValid(number)) {
            throw new InvalidFieldsException(name, "must be a whole number, at least 1");
        }
        return number;
    }

    /** Gives controllers the {@link PageRequest} of a request. */
    @Component
    static final class Resolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(this);
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == PageRequest.class;
        }

        @Override
        public PageRequest resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return PageRequest.parse(one(request, "page_size"), one(request, "cursor"), one(request, "page"));
        }

        private static @Nullable String one(NativeWebRequest request, String name) {
            String[] values = request.getParameterValues(name);
            if (values != null && values.length > 1) {
                throw new InvalidFieldsException(name, "must be given once");
            }
            return values == null ? null : values[0];
        }
    }
}
