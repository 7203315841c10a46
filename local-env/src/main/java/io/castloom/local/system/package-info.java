/** Everything on this machine: the cloud, the processes, the fleet; and how to reach it. */
@NullMarked
package io.castloom.local.system;

import org.jspecify.annotations.NullMarked;
