/** Where a client is, behind proxies. */
@NullMarked
package io.belfry.runtime.network;

import org.jspecify.annotations.NullMarked;
