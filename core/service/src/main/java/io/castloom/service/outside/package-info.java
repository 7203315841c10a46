/** Calls to addresses that customers name, without letting them reach what is inside. */
@NullMarked
package io.castloom.service.outside;

import org.jspecify.annotations.NullMarked;
