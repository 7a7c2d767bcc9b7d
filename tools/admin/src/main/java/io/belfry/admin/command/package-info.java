/** The command line: each command says its result on the standard output, and in one line on the error output why there is none. */
@NullMarked
package io.belfry.admin.command;

import org.jspecify.annotations.NullMarked;
