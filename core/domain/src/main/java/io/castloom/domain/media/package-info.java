/** Recordings, profiles, and the port to the media tools. */
@NullMarked
package io.castloom.domain.media;

import org.jspecify.annotations.NullMarked;
