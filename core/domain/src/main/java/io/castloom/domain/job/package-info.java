/** Jobs, their tasks, and what is known of both. */
@NullMarked
package io.castloom.domain.job;

import org.jspecify.annotations.NullMarked;
