/**
 * Errors as RFC 9457 problems, whichever layer finds them: MVC, security, a filter, or Tomcat before any of ours ran.
 * Whatever a caller can do wrong ends here as a {@link io.belfry.api.problem.ProblemCode}.
 */
@NullMarked
package io.belfry.api.problem;

import org.jspecify.annotations.NullMarked;
