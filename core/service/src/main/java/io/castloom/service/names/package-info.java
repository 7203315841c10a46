/** What buckets and queues are called. */
@NullMarked
package io.castloom.service.names;

import org.jspecify.annotations.NullMarked;
