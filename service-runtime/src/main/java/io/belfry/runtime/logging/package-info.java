/**
 * One form of log lines for all services: the same field names, whether Spring starts the process or not. The appenders
 * are files beside this package, which each service's {@code logback.xml} includes.
 */
@NullMarked
package io.belfry.runtime.logging;

import org.jspecify.annotations.NullMarked;
