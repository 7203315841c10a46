/** Proofs about FLAC. */
@NullMarked
package io.castloom.bitstream.flac;

import org.jspecify.annotations.NullMarked;
