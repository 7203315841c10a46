/** Proofs about MP3 frames. */
@NullMarked
package io.castloom.bitstream.mp3;

import org.jspecify.annotations.NullMarked;
