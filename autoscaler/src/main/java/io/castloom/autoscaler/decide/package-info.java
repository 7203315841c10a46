/**
 * The planner driven from outside: snapshots as lines of JSON in, decisions as lines of JSON out,
 * so that anybody's simulator can try it.
 */
@NullMarked
package io.castloom.autoscaler.decide;

import org.jspecify.annotations.NullMarked;
