/** Figures that go to a monitoring service besides the one that scrapes. */
@NullMarked
package io.castloom.domain.metric;

import org.jspecify.annotations.NullMarked;
