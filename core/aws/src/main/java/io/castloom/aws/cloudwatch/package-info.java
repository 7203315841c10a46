/** CloudWatch as a place for figures. */
@NullMarked
package io.castloom.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
