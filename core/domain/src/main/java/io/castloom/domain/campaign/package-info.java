/**
 * Creatives and campaigns as documents, and the planner that gives every slot of a night its ad.
 */
@NullMarked
package io.castloom.domain.campaign;

import org.jspecify.annotations.NullMarked;
