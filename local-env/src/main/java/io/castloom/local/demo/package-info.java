/** The main job, start to end, on this machine, for somebody who looks on. */
@NullMarked
package io.castloom.local.demo;

import org.jspecify.annotations.NullMarked;
