/** Which episodes are due on a night, in which order, and the report of the night. */
@NullMarked
package io.castloom.domain.nightly;

import org.jspecify.annotations.NullMarked;
