/** A service dies in the middle of its work, and the middle is made certain: what a trial under load meets only by chance. */
@NullMarked
package io.belfry.acceptance.killed;

import org.jspecify.annotations.NullMarked;
