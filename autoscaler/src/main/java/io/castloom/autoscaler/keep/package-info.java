/**
 * What the autoscaler keeps in the bucket: decisions with their inputs, tasks that were done,
 * costs.
 */
@NullMarked
package io.castloom.autoscaler.keep;

import org.jspecify.annotations.NullMarked;
