/** Queues. */
@NullMarked
package io.castloom.aws.sqs;

import org.jspecify.annotations.NullMarked;
