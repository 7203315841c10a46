/** Commands for those who tune the autoscaler and look after the fleet. */
@NullMarked
package io.castloom.local.scaling;

import org.jspecify.annotations.NullMarked;
