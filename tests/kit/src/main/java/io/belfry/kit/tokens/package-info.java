/** The platform's sign-in service: right tokens and forged ones. */
@NullMarked
package io.belfry.kit.tokens;

import org.jspecify.annotations.NullMarked;
