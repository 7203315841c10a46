/** The ports' contracts, run on every adapter and cloud. */
@NullMarked
package io.castloom.tests.contract;

import org.jspecify.annotations.NullMarked;
