/** What a worker does with sound: encode, cut, join, unpack, measure. One class for each. */
@NullMarked
package io.castloom.worker.stages;

import org.jspecify.annotations.NullMarked;
