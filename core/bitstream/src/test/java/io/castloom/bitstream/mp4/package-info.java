/** Proofs about MP4 files. */
@NullMarked
package io.castloom.bitstream.mp4;

import org.jspecify.annotations.NullMarked;
