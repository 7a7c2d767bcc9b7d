/**
 * What a client is told of its inbox when it comes back, so that it need not ask. A hint that is late or missing costs a
 * question to the api and nothing else, which is why all of it may be dropped.
 */
@NullMarked
package io.belfry.gateway.hints;

import org.jspecify.annotations.NullMarked;
