/** Downloads and ad impressions counted from the delivery log, and the insertions report. */
@NullMarked
package io.castloom.domain.delivery;

import org.jspecify.annotations.NullMarked;
