/** The stored originals and what is known of them. */
@NullMarked
package io.castloom.service.originals;

import org.jspecify.annotations.NullMarked;
