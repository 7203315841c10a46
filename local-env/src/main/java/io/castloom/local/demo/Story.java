package io.castloom.local.demo;

import io.castloom.local.cli.Spans;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Tells what happens, line by line, with the time since the start. */
final class Story {

  private final PrintWriter out;
  private final Instant start = Instant.now();
  private int chapters;

  Story(PrintWriter out) {
    this.out = out;
  }

  void chapter(String title) {
    chapters++;
    out.printf("%n%d. %s%n", chapters, title);
    out.flush();
  }

  void line(String text) {
    out.printf("   %6s  %s%n", Spans.of(Duration.between(start, Instant.now())), text);
    out.flush();
  }

  void end() {
    out.printf(
        "%nDone after %s; nothing is left running.%n",
        Spans.of(Duration.between(start, Instant.now())));
    out.flush();
  }
}
