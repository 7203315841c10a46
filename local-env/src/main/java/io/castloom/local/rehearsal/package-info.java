/** What the processes of a machine image start against while the image is made. */
@NullMarked
package io.castloom.local.rehearsal;

import org.jspecify.annotations.NullMarked;
