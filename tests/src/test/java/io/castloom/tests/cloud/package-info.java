/** The clouds that tests run against. */
@NullMarked
package io.castloom.tests.cloud;

import org.jspecify.annotations.NullMarked;
