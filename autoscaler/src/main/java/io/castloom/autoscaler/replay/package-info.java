/**
 * What-if: recorded or given arrivals under the present settings, under others, and under the
 * peers' rules.
 */
@NullMarked
package io.castloom.autoscaler.replay;

import org.jspecify.annotations.NullMarked;
