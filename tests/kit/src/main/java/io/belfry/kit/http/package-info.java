/** One HTTP client for the REST door. Every answer to any test is held against what the api says of itself. */
@NullMarked
package io.belfry.kit.http;

import org.jspecify.annotations.NullMarked;
