/** Brings planned files into the public bucket, mostly inside the store. */
@NullMarked
package io.castloom.assembler.publish;

import org.jspecify.annotations.NullMarked;
