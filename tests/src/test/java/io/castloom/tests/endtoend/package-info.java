/** The whole of Castloom through real sockets, real queues and real processes. */
@NullMarked
package io.castloom.tests.endtoend;

import org.jspecify.annotations.NullMarked;
