/**
 * The caller's own inbox. Every answer that shows {@code seq} read it in the same statement as its rows; every change is
 * one call of an SQL function that the persister uses too, so that no two doors can disagree.
 */
@NullMarked
package io.belfry.api.inbox;

import org.jspecify.annotations.NullMarked;
