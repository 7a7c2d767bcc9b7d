/**
 * The command line: which trials run, at which part of the promised load, and the report. Between trials nothing is shared but
 * the servers.
 */
@NullMarked
package io.belfry.chaos;

import org.jspecify.annotations.NullMarked;
