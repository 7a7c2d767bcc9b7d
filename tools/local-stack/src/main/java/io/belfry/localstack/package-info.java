/**
 * The real servers that everything here is tested against: the same three objects whether they run as children of this
 * JVM or in containers, and each can be stopped, killed and frozen.
 */
@NullMarked
package io.belfry.localstack;

import org.jspecify.annotations.NullMarked;
