/** Orders the pieces that episodes are stitched from. */
@NullMarked
package io.castloom.assembler.pieces;

import org.jspecify.annotations.NullMarked;
