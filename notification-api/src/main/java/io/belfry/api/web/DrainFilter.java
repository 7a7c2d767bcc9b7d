package io.belfry.api.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for a connection's end with each answer of a node that drains. A request that arrives on a connection kept from
 * before at the very moment at which the port closes would be lost, and a POST is tried again by nobody.
 */
final class DrainFilter extends OncePerRequestFilter {

    private final Drain drain;

    DrainFilter(Drain drain) {
        this.drain = drain;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (drain.isUnderWay()) {
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }
}
