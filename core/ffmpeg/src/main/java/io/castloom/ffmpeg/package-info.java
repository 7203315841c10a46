/** Probe, analyse and encode through ffmpeg. */
@NullMarked
package io.castloom.ffmpeg;

import org.jspecify.annotations.NullMarked;
