/** Telling the owners of jobs how these ended. */
@NullMarked
package io.castloom.service.callbacks;

import org.jspecify.annotations.NullMarked;
