/** Instances that are processes on this machine. */
@NullMarked
package io.castloom.local.fleet;

import org.jspecify.annotations.NullMarked;
