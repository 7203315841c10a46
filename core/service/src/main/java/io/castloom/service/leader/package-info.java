/** Which of several processes leads. */
@NullMarked
package io.castloom.service.leader;

import org.jspecify.annotations.NullMarked;
