/** Stands in for the machines that an EC2 emulator only pretends to run. */
@NullMarked
package io.castloom.local.runner;

import org.jspecify.annotations.NullMarked;
