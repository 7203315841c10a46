/** What the documentation promises. */
@NullMarked
package io.castloom.tests.docs;

import org.jspecify.annotations.NullMarked;
