/** Stored objects on the instance's own disk, bounded, shared by the tasks that need them. */
@NullMarked
package io.castloom.worker.cache;

import org.jspecify.annotations.NullMarked;
