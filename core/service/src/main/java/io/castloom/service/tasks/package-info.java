/**
 * The discipline of working off queues, shared by workers and assemblers: leases and heartbeats,
 * classes and accounts, records and outcomes, commands, draining.
 */
@NullMarked
package io.castloom.service.tasks;

import org.jspecify.annotations.NullMarked;
