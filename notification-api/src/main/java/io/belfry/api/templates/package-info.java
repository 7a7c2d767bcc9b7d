/** What people keep to send again. A template is checked as a send is, so what is kept can be sent as it is. */
@NullMarked
package io.belfry.api.templates;

import org.jspecify.annotations.NullMarked;
