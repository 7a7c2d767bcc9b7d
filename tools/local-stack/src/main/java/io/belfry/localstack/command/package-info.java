/**
 * What the script {@code dev} does in Java: one class a command, each line of output written for the person at the
 * terminal, failures as one line and an exit code.
 */
@NullMarked
package io.belfry.localstack.command;

import org.jspecify.annotations.NullMarked;
