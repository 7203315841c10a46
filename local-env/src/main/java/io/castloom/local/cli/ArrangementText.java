package io.castloom.local.cli;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** An arrangement as a table, with reasons and bytes. */
final class ArrangementText {
  private ArrangementText() {}

  static void print(JsonNode planned, PrintWriter out) {
    out.println(
        planned.path("show").asString("")
            + "/"
            + planned.path("episode").asString("")
            + ", night of "
            + planned.path("night").asString("")
            + ": "
            + planned.path("decision").asString("")
            + " ("
            + planned.path("why").asString("")
            + ")");
    for (JsonNode format : planned.path("formats")) {
      format(format, out);
    }
    planned.path("reasons").forEach(reason -> out.println("  " + reason.asString()));
  }

  private static void format(JsonNode format, PrintWriter out) {
    boolean exact = format.path("exact").asBoolean();
    Table table = new Table("  START", "LENGTH", "WHAT", "SLOT", "CAMPAIGN", "CREATIVE");
    for (JsonNode segment : format.path("segments")) {
      table.row(
          "  " + (exact ? "" : "~") + time(segment.path("start").asDouble()),
          time(segment.path("seconds").asDouble()),
          segment.path("kind").asString(""),
          segment.path("slot").asString(""),
          segment.path("campaign").asString(""),
          segment.path("creative").asString(""));
    }
    table.printTo(out);
    StringBuilder line = new StringBuilder("  ").append(format.path("format").asString(""));
    line.append(": ").append(time(format.path("seconds").asDouble()));
    if (exact) {
      long bytes = format.path("bytes").asLong();
      long through = format.path("throughAssembler").asLong();
      line.append(", ").append(Spans.bytes(bytes)).append(", of which ");
      line.append(Spans.bytes(through)).append(" through the assembler");
      line.append(
          String.format(Locale.ROOT, " (%.1f %%)", bytes == 0 ? 0.0 : 100.0 * through / bytes));
      String how = format.path("how").asString("");
      line.append(how.isEmpty() ? "" : ", " + how);
    } else if (format.has("missingPieces")) {
      line.append(", ").append(format.path("missingPieces").asInt());
      line.append(" pieces have to be made first: times are those of the recordings");
    }
    if (!format.path("changed").asBoolean()) {
      line.append(", as published");
    }
    out.println(line);
    for (JsonNode piece : format.path("toBeMade")) {
      out.println(
          "  to be encoded%s: %s %s %s"
              .formatted(
                  piece.path("again").asBoolean() ? " again" : "",
                  piece.path("kind").asString(""),
                  shortened(piece.path("original").asString("")),
                  piece.path("why").asString("")));
    }
    format
        .path("encodedAgain")
        .properties()
        .forEach(
            piece ->
                out.println(
                    "  was encoded again: recording %s %s"
                        .formatted(shortened(piece.getKey()), piece.getValue().asString(""))));
    format
        .path("impossible")
        .forEach(reason -> out.println("  cannot be made: " + reason.asString()));
  }

  /** Enough of a hash to find it again. */
  private static String shortened(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length()));
  }

  /** For example {@code 0:00.000} or {@code 1:02:03.456}. */
  private static String time(double seconds) {
    long millis = Math.round(seconds * 1000);
    long minutes = millis / 60_000 % 60;
    long hours = millis / 3_600_000;
    double rest = millis % 60_000 / 1000.0;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%06.3f", hours, minutes, rest)
        : String.format(Locale.ROOT, "%d:%06.3f", minutes, rest);
  }
}
