/** The machine that a process runs on: who it is, and whether it is about to be taken away. */
@NullMarked
package io.castloom.service.instance;

import org.jspecify.annotations.NullMarked;
