package io.castloom.ingest.ftp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file below {@code /in}.
 *
 * @param show the show it is sent to; null for none
 */
record InPath(@Nullable String show, String name) {
  private static final List<String> UNFINISHED =
      List.of(".part", ".partial", ".filepart", ".tmp", ".crdownload");

  /** Whether its name says that it is not whole yet: it waits for its rename. */
  boolean unfinished() {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".") || UNFINISHED.stream().anyMatch(lower::endsWith);
  }

  /** The folder it lies in. */
  String folder() {
    return show == null ? "/in" : "/in/" + show;
  }

  @Override
  public String toString() {
    return folder() + "/" + name;
  }
}
