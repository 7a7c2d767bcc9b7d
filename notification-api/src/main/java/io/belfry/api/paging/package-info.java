/**
 * Lists that stay still while rows arrive: a cursor names a row's key, never a position, so a deep page costs what the
 * first costs. Page numbers are there for those who come from page numbers.
 */
@NullMarked
package io.belfry.api.paging;

import org.jspecify.annotations.NullMarked;
