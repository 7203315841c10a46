/** What a process remembers, and within which bounds. */
@NullMarked
package io.castloom.service.memory;

import org.jspecify.annotations.NullMarked;
