/**
 * Environment variables by type, and what a wrong one does: one line that names it, and exit code 2, in every service.
 */
@NullMarked
package io.belfry.runtime.settings;

import org.jspecify.annotations.NullMarked;
