/** Work queues with leases, at least once, and their dead-letter queues. */
@NullMarked
package io.castloom.domain.queue;

import org.jspecify.annotations.NullMarked;
