/**
 * FTP and FTPS: a tree of {@code /in}, {@code /out} and {@code /status.txt} over the store, in
 * which nothing else can be listed, read, written or deleted.
 */
@NullMarked
package io.castloom.ingest.ftp;

import org.jspecify.annotations.NullMarked;
