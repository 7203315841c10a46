/** Proofs about sources and plans. */
@NullMarked
package io.castloom.bitstream;

import org.jspecify.annotations.NullMarked;
