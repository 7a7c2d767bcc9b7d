/**
 * The operator's hands on dead letters: look, and put back. Knows the topics and the headers that the contract names, never
 * the persister, so that it works on any installation's broker.
 */
@NullMarked
package io.belfry.admin.deadletters;

import org.jspecify.annotations.NullMarked;
