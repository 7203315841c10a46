/** Episodes assembled as the assembler does it, and compared with their pieces by ear. */
@NullMarked
package io.castloom.tests.splice;

import org.jspecify.annotations.NullMarked;
