/** What lies between a process and its cloud: watched, and broken on purpose. */
@NullMarked
package io.castloom.tests.wire;

import org.jspecify.annotations.NullMarked;
