/** The environment's buckets and queues, opened from the settings. */
@NullMarked
package io.castloom.service.cloud;

import org.jspecify.annotations.NullMarked;
