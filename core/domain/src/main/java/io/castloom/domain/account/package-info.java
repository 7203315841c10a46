/** Who may use Castloom, and how much of it. */
@NullMarked
package io.castloom.domain.account;

import org.jspecify.annotations.NullMarked;
