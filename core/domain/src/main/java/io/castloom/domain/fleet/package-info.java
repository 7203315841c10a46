/** Instances: launched, listed, ended. */
@NullMarked
package io.castloom.domain.fleet;

import org.jspecify.annotations.NullMarked;
