/**
 * Settings, clients, and what keeps the process honest: it comes up whatever is down, says truthfully whether it works, and revives a thread
 * that an error has killed.
 */
@NullMarked
package io.belfry.persister.startup;

import org.jspecify.annotations.NullMarked;
