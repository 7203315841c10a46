/**
 * MPEG layer III: frames and their index, the bit reservoir, cuts without re-encoding, joins of
 * chunk-parallel encodes, and the Xing/Info/LAME frame.
 *
 * <p>The usual way: {@link io.castloom.bitstream.mp3.Mp3Scanner} makes a {@link
 * io.castloom.bitstream.mp3.FrameIndex} of a file; {@link io.castloom.bitstream.mp3.ChunkJoiner}
 * joins the chunks of one recording; {@link io.castloom.bitstream.mp3.Splicer} makes an episode of
 * slices of pieces, as a {@link io.castloom.bitstream.BytePlan}.
 */
@NullMarked
package io.castloom.bitstream.mp3;

import org.jspecify.annotations.NullMarked;
