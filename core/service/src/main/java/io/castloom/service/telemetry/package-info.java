/** Metrics and logs. */
@NullMarked
package io.castloom.service.telemetry;

import org.jspecify.annotations.NullMarked;
