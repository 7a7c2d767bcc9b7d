/** What the system and its documents say of themselves, held against what was really seen. */
@NullMarked
package io.belfry.acceptance.protocol;

import org.jspecify.annotations.NullMarked;
