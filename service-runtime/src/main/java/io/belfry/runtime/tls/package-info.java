/** What a process shows to its clients. */
@NullMarked
package io.belfry.runtime.tls;

import org.jspecify.annotations.NullMarked;
