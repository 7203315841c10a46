/** What an episode is made of on a night, when everything in it sounds, and its fingerprint. */
@NullMarked
package io.castloom.domain.arrangement;

import org.jspecify.annotations.NullMarked;
