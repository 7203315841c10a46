/** Who asks, and what he may. */
@NullMarked
package io.castloom.ingest.access;

import org.jspecify.annotations.NullMarked;
