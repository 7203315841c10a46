/** The shell of a process. */
@NullMarked
package io.castloom.service;

import org.jspecify.annotations.NullMarked;
