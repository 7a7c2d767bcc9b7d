package io.belfry.api.sessions;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Who has a socket open, on whichever gateway. */
@FunctionalInterface
public interface Presence {

    /** @return those of these users who are online; empty if that is not known */
    Optional<Set<Long>> online(Collection<Long> users);
}
