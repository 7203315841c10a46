/** The container image of packer/, at work. */
@NullMarked
package io.castloom.tests.image;

import org.jspecify.annotations.NullMarked;
