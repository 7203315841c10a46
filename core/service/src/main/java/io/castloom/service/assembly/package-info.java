/** What a night does to shows: read, planned, ordered as assembly jobs. */
@NullMarked
package io.castloom.service.assembly;

import org.jspecify.annotations.NullMarked;
