/** Everything on one machine. */
@NullMarked
package io.castloom.local;

import org.jspecify.annotations.NullMarked;
