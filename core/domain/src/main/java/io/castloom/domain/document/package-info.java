/**
 * What every document of the house shares: problems, reading with complete answers, differences in
 * words, times.
 */
@NullMarked
package io.castloom.domain.document;

import org.jspecify.annotations.NullMarked;
