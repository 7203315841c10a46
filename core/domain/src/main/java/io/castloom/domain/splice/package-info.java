/** How an object is put together inside S3: which parts are copied, which bytes pass through us. */
@NullMarked
package io.castloom.domain.splice;

import org.jspecify.annotations.NullMarked;
