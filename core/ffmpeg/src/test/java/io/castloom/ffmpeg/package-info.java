/** Tests on real sound with the real ffmpeg. */
@NullMarked
package io.castloom.ffmpeg;

import org.jspecify.annotations.NullMarked;
