/**
 * Jobs in the bucket and their tasks on the queues: opened, released fairly, swept, explained,
 * cancelled, rebuilt.
 */
@NullMarked
package io.castloom.service.jobs;

import org.jspecify.annotations.NullMarked;
