/** How the domain's values are written as JSON, in messages and in documents. */
@NullMarked
package io.castloom.service.json;

import org.jspecify.annotations.NullMarked;
