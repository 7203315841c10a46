/** What the planner is shown: queues, heartbeats and the fleet, read once a tick. */
@NullMarked
package io.castloom.autoscaler.picture;

import org.jspecify.annotations.NullMarked;
