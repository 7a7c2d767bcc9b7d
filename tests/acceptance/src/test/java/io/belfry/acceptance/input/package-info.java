/** What must not get in, at every door: it is answered by the rules, and leaves nothing behind. */
@NullMarked
package io.belfry.acceptance.input;

import org.jspecify.annotations.NullMarked;
