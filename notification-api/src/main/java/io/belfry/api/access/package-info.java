/**
 * Who calls, by the token alone: no session, no cookie, hence nothing that another site's page could ride on. What a
 * caller may do is decided in the rooms themselves.
 */
@NullMarked
package io.belfry.api.access;

import org.jspecify.annotations.NullMarked;
