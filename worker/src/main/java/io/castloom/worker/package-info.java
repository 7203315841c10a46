/** The worker process. */
@NullMarked
package io.castloom.worker;

import org.jspecify.annotations.NullMarked;
