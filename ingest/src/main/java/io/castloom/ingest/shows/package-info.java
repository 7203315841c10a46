/** Recordings that come in as episodes of shows. */
@NullMarked
package io.castloom.ingest.shows;

import org.jspecify.annotations.NullMarked;
