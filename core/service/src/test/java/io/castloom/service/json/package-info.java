@NullMarked
package io.castloom.service.json;

import org.jspecify.annotations.NullMarked;
