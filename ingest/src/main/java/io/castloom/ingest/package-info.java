/** Uploads in, originals and jobs out. */
@NullMarked
package io.castloom.ingest;

import org.jspecify.annotations.NullMarked;
