/**
 * HTTP as this service speaks it, before any meaning: strict JSON in and out, bounded bodies, ids in paths, absolute
 * addresses, and the page for whatever is not an API call.
 */
@NullMarked
package io.belfry.api.http;

import org.jspecify.annotations.NullMarked;
