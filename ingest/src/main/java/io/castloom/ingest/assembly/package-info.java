/** Episodes' assembly and nights over HTTP: planned, ordered, told. */
@NullMarked
package io.castloom.ingest.assembly;

import org.jspecify.annotations.NullMarked;
