/**
 * Shows and episodes as documents: what their owners write, checked completely before anything is
 * applied.
 */
@NullMarked
package io.castloom.domain.show;

import org.jspecify.annotations.NullMarked;
