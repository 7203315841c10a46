/** What listeners get: feeds, media, chapters and transcripts, and the log of what went out. */
@NullMarked
package io.castloom.ingest.delivery;

import org.jspecify.annotations.NullMarked;
