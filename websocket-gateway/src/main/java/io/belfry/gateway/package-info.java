/**
 * The process: settings in, the object graph up, and down again in reverse. The only package that knows all others;
 * of those only {@code transport} knows Netty, only {@code presence} knows Redis.
 */
@NullMarked
package io.belfry.gateway;

import org.jspecify.annotations.NullMarked;
