/** Transcripts: reading, checking, moving and writing WebVTT and SubRip. */
@NullMarked
package io.castloom.domain.show.transcript;

import org.jspecify.annotations.NullMarked;
