/** Buckets. */
@NullMarked
package io.castloom.aws.s3;

import org.jspecify.annotations.NullMarked;
