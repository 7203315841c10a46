/** Which media version of an episode is the current one, and which came before. */
@NullMarked
package io.castloom.service.versions;

import org.jspecify.annotations.NullMarked;
