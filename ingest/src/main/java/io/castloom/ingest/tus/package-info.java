/** Uploads that are sent in pieces and survive broken connections and the loss of this process. */
@NullMarked
package io.castloom.ingest.tus;

import org.jspecify.annotations.NullMarked;
