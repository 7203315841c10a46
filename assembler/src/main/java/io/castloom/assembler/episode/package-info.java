/** Assembles one episode for one night. */
@NullMarked
package io.castloom.assembler.episode;

import org.jspecify.annotations.NullMarked;
