/**
 * Benchmarks: each prints its measures as a table or as JSON lines, and says whether its goals
 * hold.
 */
@NullMarked
package io.castloom.tests.bench;

import org.jspecify.annotations.NullMarked;
