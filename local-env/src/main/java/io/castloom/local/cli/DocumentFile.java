package io.castloom.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Documents as people write them: YAML or JSON, several YAML documents in one file. */
final class DocumentFile {

  private static final ObjectMapper YAML = new YAMLMapper();

  private DocumentFile() {}

  static List<JsonNode> read(Path file) throws Failure, IOException {
    String text = Files.readString(file);
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll();
    } catch (JacksonException e) {
      throw Failure.failed(
          file
              + " is neither YAML nor JSON: "
              + e.getOriginalMessage()
              + " (line "
              + e.getLocation().getLineNr()
              + ")");
    }
  }

  static String yaml(JsonNode document) {
    return YAML.writeValueAsString(document);
  }

  /** Prints each problem that the API found, and gives the failure that sums them up. */
  static Failure refused(PrintWriter err, String what, int status, JsonNode problem) {
    problem
        .path("problems")
        .forEach(
            p ->
                err.println(
                    "  "
                        + p.path("field").asString("")
                        + " = "
                        + p.path("value").asString("")
                        + ": "
                        + p.path("rule").asString("")));
    err.flush();
    return Failure.failed(
        what
            + " was not applied: "
            + problem.path("detail").asString(problem.path("title").asString("refused"))
            + " [HTTP "
            + status
            + "]");
  }
}
