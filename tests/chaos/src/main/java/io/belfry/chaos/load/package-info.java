/** What goes on while things break: sends at an even pace, people who read, and the log of all of it. */
@NullMarked
package io.belfry.chaos.load;

import org.jspecify.annotations.NullMarked;
