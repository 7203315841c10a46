/** Proofs about ID3 tags. */
@NullMarked
package io.castloom.bitstream.id3;

import org.jspecify.annotations.NullMarked;
