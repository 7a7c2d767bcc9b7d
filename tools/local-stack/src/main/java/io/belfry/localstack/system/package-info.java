/**
 * The system as processes of this machine: what {@code ./dev up} keeps running and what the end-to-end tests break.
 * Services are known by their jars and environment variables only; none of their code is on this class path.
 */
@NullMarked
package io.belfry.localstack.system;

import org.jspecify.annotations.NullMarked;
