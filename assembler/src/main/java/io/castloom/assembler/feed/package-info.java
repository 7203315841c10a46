/**
 * Feeds, chapters and transcripts of episodes as listeners get them: RSS 2.0 with the itunes and
 * podcast namespaces.
 */
@NullMarked
package io.castloom.assembler.feed;

import org.jspecify.annotations.NullMarked;
