/**
 * Where a trial takes place, and what is made of it: the inboxes, every list and every client are compared with the log of
 * what was sent.
 */
@NullMarked
package io.belfry.chaos.harness;

import org.jspecify.annotations.NullMarked;
