/** Instances of EC2. */
@NullMarked
package io.castloom.aws.ec2;

import org.jspecify.annotations.NullMarked;
