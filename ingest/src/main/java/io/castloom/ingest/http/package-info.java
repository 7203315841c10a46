/** Everything that people and programs reach over HTTP. */
@NullMarked
package io.castloom.ingest.http;

import org.jspecify.annotations.NullMarked;
