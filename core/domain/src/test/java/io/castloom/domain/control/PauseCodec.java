package io.castloom.domain.control;

import io.castloom.domain.queue.MessageCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes directives to pause, line by line; others it does not know. For contract tests. */
public final class PauseCodec implements MessageCodec<Directive> {

  @Override
  public String encode(Directive directive) {
    if (!(directive.command() instanceof Command.Pause(String reason))) {
      throw new IllegalArgumentException("only Pause is written here: " + directive);
    }
    return String.join(
        "\n",
        directive.id(),
        reason,
        directive.sentAt().toString(),
        directive.validFor().toString());
  }

  @Override
  public Directive decode(String text) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.size() != 4) {
      throw new IOException("a directive has four lines: " + text);
    }
    return new Directive(
        lines.get(0),
        new Command.Pause(lines.get(1)),
        Instant.parse(lines.get(2)),
        Duration.parse(lines.get(3)));
  }
}
