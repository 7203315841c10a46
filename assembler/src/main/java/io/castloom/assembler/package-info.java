/** Shows, nightly schedule, stitching and feeds. */
@NullMarked
package io.castloom.assembler;

import org.jspecify.annotations.NullMarked;
