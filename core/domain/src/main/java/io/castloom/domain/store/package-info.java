/** Objects with conditional writes: where all of Castloom's state lives. */
@NullMarked
package io.castloom.domain.store;

import org.jspecify.annotations.NullMarked;
