/**
 * How episodes are put together from stored pieces: planned from frame indexes, without reading
 * audio.
 */
@NullMarked
package io.castloom.service.stitch;

import org.jspecify.annotations.NullMarked;
