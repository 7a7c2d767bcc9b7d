/**
 * The promises that hold while things break, each as a trial that can be made small or large: operations are logged by their
 * own ids, faults are made to real processes, and afterwards what clients show, what REST lists and what the database holds
 * are compared for every user. {@code PromisesIT} makes the small ones, {@code ./dev chaos} the large ones.
 */
@NullMarked
package io.belfry.e2e.promises;

import org.jspecify.annotations.NullMarked;
