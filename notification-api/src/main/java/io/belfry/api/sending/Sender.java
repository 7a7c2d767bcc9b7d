package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.Role;

/**
 * A caller as this room counts them.
 *
 * @param scope whose keys, limit and requests these are
 * @param limited whether the limit on new sends holds for them
 */
record Sender(String scope, boolean limited) {

    static Sender of(Caller caller) {
        String scope = caller.userId() == null ? "service:" + caller.subject() : "user:" + caller.userId();
        return new Sender(scope, !caller.is(Role.ADMIN) && !caller.is(Role.SERVICE));
    }
}
