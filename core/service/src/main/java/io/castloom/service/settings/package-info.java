/** Settings: read once at start, from flags, environment, bucket and defaults. */
@NullMarked
package io.castloom.service.settings;

import org.jspecify.annotations.NullMarked;
