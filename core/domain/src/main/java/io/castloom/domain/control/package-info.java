/** Commands to one instance and their acknowledgements. */
@NullMarked
package io.castloom.domain.control;

import org.jspecify.annotations.NullMarked;
