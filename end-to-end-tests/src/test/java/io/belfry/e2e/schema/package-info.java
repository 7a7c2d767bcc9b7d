/**
 * docs/asyncapi.yaml as something that traffic can fail: read as it stands, but closed, so that a field which it does not
 * name is a misfit here although every client has to ignore it.
 */
@NullMarked
package io.belfry.e2e.schema;

import org.jspecify.annotations.NullMarked;
