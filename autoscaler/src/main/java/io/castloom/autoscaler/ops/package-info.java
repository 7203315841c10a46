/** What operators ask of the autoscaler: to plan, to explain, to change, to pause. */
@NullMarked
package io.castloom.autoscaler.ops;

import org.jspecify.annotations.NullMarked;
