/** Both ways in, the instructor's call and the platform's event, followed to the last inbox and socket. */
@NullMarked
package io.belfry.acceptance.sending;

import org.jspecify.annotations.NullMarked;
