/** Instances by how long messages wait. */
@NullMarked
package io.castloom.autoscaler;

import org.jspecify.annotations.NullMarked;
