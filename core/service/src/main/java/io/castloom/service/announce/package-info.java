/** Work that one process announces to another before there are messages of it. */
@NullMarked
package io.castloom.service.announce;

import org.jspecify.annotations.NullMarked;
