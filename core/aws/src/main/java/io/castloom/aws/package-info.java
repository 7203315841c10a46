/** S3, SQS and EC2 adapters of the domain's ports. */
@NullMarked
package io.castloom.aws;

import org.jspecify.annotations.NullMarked;
