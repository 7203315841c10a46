/**
 * What makes a process on this machine look like an instance: its life, its metadata, its parent.
 */
@NullMarked
package io.castloom.local.instance;

import org.jspecify.annotations.NullMarked;
