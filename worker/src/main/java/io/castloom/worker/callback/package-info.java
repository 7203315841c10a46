/** Sends signed requests to addresses that users gave, and to no address inside the house. */
@NullMarked
package io.castloom.worker.callback;

import org.jspecify.annotations.NullMarked;
