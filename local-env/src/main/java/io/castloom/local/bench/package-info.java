/** Benchmarks: what they measure, how they report, how they are found. */
@NullMarked
package io.castloom.local.bench;

import org.jspecify.annotations.NullMarked;
