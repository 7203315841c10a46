package io.castloom.local.cli;

import java.io.PrintWriter;
import java.net.http.HttpResponse;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what applying a document, or a part of it, came to. */
final class DocumentAnswer {

  private DocumentAnswer() {}

  /**
   * Prints the changes.
   *
   * @param what the document, for people
   * @throws Failure it was refused; each problem is printed
   */
  static void print(CommandSpec spec, String what, HttpResponse<String> response, boolean dryRun)
      throws Failure {
    JsonNode answer = JsonMapper.shared().readTree(response.body());
    if (response.statusCode() >= 400) {
      throw DocumentFile.refused(spec.commandLine().getErr(), what, response.statusCode(), answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(what + (dryRun ? " would change:" : " applied:"));
    if (answer.path("changes").isEmpty()) {
      out.println("  nothing: it is as it stands");
    }
    answer.path("changes").forEach(change -> out.println("  " + change.asString()));
    out.flush();
  }
}
