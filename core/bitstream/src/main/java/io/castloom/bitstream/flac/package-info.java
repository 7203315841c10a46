/**
 * FLAC (RFC 9639) on frames: where they are, and splicing them. Only frames that a cut divides are
 * decoded.
 *
 * <p>Every frame carries its number or first sample and two checksums, so a splice rewrites all
 * frames; that is cheap.
 */
@NullMarked
package io.castloom.bitstream.flac;

import org.jspecify.annotations.NullMarked;
