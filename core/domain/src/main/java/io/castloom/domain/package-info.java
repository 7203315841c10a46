/** The words of Castloom: records, sealed outcomes, pure planners and the ports. */
@NullMarked
package io.castloom.domain;

import org.jspecify.annotations.NullMarked;
