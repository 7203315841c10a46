/** Tests of the cache on an instance's disk. */
@NullMarked
package io.castloom.worker.cache;

import org.jspecify.annotations.NullMarked;
