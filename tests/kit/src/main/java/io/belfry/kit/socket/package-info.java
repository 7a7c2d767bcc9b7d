/**
 * One socket client for the gateway, and a raw one with bad manners. Every frame is held against the description as it arrives.
 */
@NullMarked
package io.belfry.kit.socket;

import org.jspecify.annotations.NullMarked;
