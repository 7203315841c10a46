/** What listeners got: the delivery log's lines, read and counted for the next night's pacing. */
@NullMarked
package io.castloom.service.deliveries;

import org.jspecify.annotations.NullMarked;
