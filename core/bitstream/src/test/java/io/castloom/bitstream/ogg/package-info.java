/** Proofs about Ogg and Opus. */
@NullMarked
package io.castloom.bitstream.ogg;

import org.jspecify.annotations.NullMarked;
