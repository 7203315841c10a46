/** Accounts as documents: who may use Castloom, with which tokens, profiles and limits. */
@NullMarked
package io.castloom.service.accounts;

import org.jspecify.annotations.NullMarked;
