/**
 * Clients that keep an inbox whole: the one that ships, in a process of Node, and a small one of which thousands fit into a JVM.
 */
@NullMarked
package io.belfry.kit.client;

import org.jspecify.annotations.NullMarked;
