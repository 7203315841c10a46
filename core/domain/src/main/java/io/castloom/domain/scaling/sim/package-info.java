/**
 * A simulated week: arrivals, boots and services drawn from a seed, a fleet that obeys a policy,
 * and what it cost. Used by replay, simulation and the benchmark; everything is a pure function of
 * its arguments.
 */
@NullMarked
package io.castloom.domain.scaling.sim;

import org.jspecify.annotations.NullMarked;
