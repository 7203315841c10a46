/**
 * Ogg pages (RFC 3533) and Opus in them (RFC 7845): reading packets, writing pages, splicing on
 * packets.
 *
 * <p>Every page has its own granule position, sequence number and checksum, so a splice rewrites
 * all bytes; that is cheap.
 */
@NullMarked
package io.castloom.bitstream.ogg;

import org.jspecify.annotations.NullMarked;
