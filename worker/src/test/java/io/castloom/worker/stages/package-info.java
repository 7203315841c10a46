/** Tests of the stages on real sound. */
@NullMarked
package io.castloom.worker.stages;

import org.jspecify.annotations.NullMarked;
