/** Audio containers and frames as pure functions on bytes. */
@NullMarked
package io.castloom.bitstream;

import org.jspecify.annotations.NullMarked;
