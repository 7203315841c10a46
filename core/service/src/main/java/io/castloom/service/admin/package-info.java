/** What operators and probes ask of a process: is it alive, is it ready, what are its figures. */
@NullMarked
package io.castloom.service.admin;

import org.jspecify.annotations.NullMarked;
