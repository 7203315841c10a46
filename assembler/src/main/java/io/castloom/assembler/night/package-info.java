/**
 * The nightly run: once a night for each show however many assemblers there are, resumable,
 * reported.
 */
@NullMarked
package io.castloom.assembler.night;

import org.jspecify.annotations.NullMarked;
