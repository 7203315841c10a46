/** Tests of callbacks against a real server. */
@NullMarked
package io.castloom.worker.callback;

import org.jspecify.annotations.NullMarked;
