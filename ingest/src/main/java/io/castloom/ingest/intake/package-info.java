/**
 * How a recording comes in, whatever it comes by: received, hashed, probed, stored once, and made a
 * job.
 */
@NullMarked
package io.castloom.ingest.intake;

import org.jspecify.annotations.NullMarked;
