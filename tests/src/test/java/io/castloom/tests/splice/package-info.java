@NullMarked
package io.castloom.tests.splice;

import org.jspecify.annotations.NullMarked;
