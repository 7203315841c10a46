/** The life of a process: arguments, settings, parts in order, a graceful stop, exit codes. */
@NullMarked
package io.castloom.service.process;

import org.jspecify.annotations.NullMarked;
