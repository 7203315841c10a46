/** The commands that talk to a running Castloom over its API. */
@NullMarked
package io.castloom.local.cli;

import org.jspecify.annotations.NullMarked;
