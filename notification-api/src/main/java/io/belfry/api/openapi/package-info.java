/** The description of the API at {@code /v3/api-docs}: what the code alone does not say, such as the errors of every call. */
@NullMarked
package io.belfry.api.openapi;

import org.jspecify.annotations.NullMarked;
