/**
 * The autoscaler's mind: a pure planner that turns a picture of the queues and the fleet into
 * launches and drains.
 *
 * <p>{@link io.castloom.domain.scaling.ScalingPlanner#decide} is a function: the same {@link
 * io.castloom.domain.scaling.Snapshot} and {@link io.castloom.domain.scaling.ScalingSettings}
 * always give the same {@link io.castloom.domain.scaling.Decision}. What it has learned travels in
 * {@link io.castloom.domain.scaling.PlannerMemory}, inside the snapshot and back out of the
 * decision, so that any decision can be stored and replayed exactly.
 */
@NullMarked
package io.castloom.domain.scaling;

import org.jspecify.annotations.NullMarked;
