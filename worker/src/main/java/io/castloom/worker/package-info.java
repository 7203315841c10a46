/**
 * The worker: takes tasks of the transcode queues, encodes, measures and joins, and stores the
 * results.
 */
@NullMarked
package io.castloom.worker;

import org.jspecify.annotations.NullMarked;
