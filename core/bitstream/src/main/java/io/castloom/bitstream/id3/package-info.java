/**
 * ID3v2.3 and 2.4 tags, both ways: texts, pictures, comments, chapters with their table of
 * contents.
 *
 * <p>Written tags have UTF-16 (2.3) or UTF-8 (2.4) text; {@link
 * io.castloom.bitstream.id3.Id3Reader} also undoes unsynchronisation.
 */
@NullMarked
package io.castloom.bitstream.id3;

import org.jspecify.annotations.NullMarked;
