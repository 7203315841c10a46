/** S3 and SQS in this JVM, on disk: what the adapters talk to where there is no cloud. */
@NullMarked
package io.castloom.local.cloud;

import org.jspecify.annotations.NullMarked;
