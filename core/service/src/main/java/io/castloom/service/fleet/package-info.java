/** What the leader lets everybody know of the fleet. */
@NullMarked
package io.castloom.service.fleet;

import org.jspecify.annotations.NullMarked;
