/** A fleet's change to another image: canaries, one step at a time, back again when they fail. */
@NullMarked
package io.castloom.domain.fleet.roll;

import org.jspecify.annotations.NullMarked;
