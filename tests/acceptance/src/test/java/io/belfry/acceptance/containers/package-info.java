/** The composition of docker-compose.yml, on the engine that {@code docker} finds. Only {@code ./dev containers} runs it. */
@NullMarked
package io.belfry.acceptance.containers;

import org.jspecify.annotations.NullMarked;
