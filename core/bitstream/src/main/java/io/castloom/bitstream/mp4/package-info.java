/**
 * MP4 audio (ISO/IEC 14496-12 and -14): reads which access units a file has, and writes files for
 * streaming, with chapters, cover and tags, as byte plans that copy the units from where they are.
 */
@NullMarked
package io.castloom.bitstream.mp4;

import org.jspecify.annotations.NullMarked;
