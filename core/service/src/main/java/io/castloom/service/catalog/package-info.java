/** The documents of shows, episodes, creatives and campaigns: read, applied whole, deleted. */
@NullMarked
package io.castloom.service.catalog;

import org.jspecify.annotations.NullMarked;
