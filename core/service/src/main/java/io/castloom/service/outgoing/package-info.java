/** Requests to addresses that others chose: judged before they are called. */
@NullMarked
package io.castloom.service.outgoing;

import org.jspecify.annotations.NullMarked;
