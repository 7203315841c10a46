/** Programs that we did not write, and sounds for them to judge. */
@NullMarked
package io.castloom.bitstream.judge;

import org.jspecify.annotations.NullMarked;
