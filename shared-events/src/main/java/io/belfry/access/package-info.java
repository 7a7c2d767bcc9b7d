/**
 * Who a caller is, by the token. One set of rules for the REST door and the socket door; needs jjwt, which
 * this module does not hand on.
 */
@NullMarked
package io.belfry.access;

import org.jspecify.annotations.NullMarked;
