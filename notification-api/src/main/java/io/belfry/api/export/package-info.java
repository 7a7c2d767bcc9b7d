/** All that is kept of a person, for that person. */
@NullMarked
package io.belfry.api.export;

import org.jspecify.annotations.NullMarked;
