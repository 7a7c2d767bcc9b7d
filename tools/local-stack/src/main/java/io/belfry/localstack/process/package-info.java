/**
 * Child processes that a test can hurt on purpose and that never outlive the JVM that started them, not even when that
 * JVM is killed: a small shell process holds the other end of a pipe and cleans up when the pipe breaks.
 */
@NullMarked
package io.belfry.localstack.process;

import org.jspecify.annotations.NullMarked;
