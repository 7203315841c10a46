package io.castloom.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
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
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw Failure.failed(file + " is no text in UTF-8: a document is YAML or JSON");
    }
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      List<JsonNode> all =
          documents.readAll().stream()
              .filter(document -> !document.isMissingNode() && !document.isNull())
              .toList();
      if (all.isEmpty()) {
        throw Failure.failed(file + " holds no document");
      }
      return all;
    } catch (JacksonException e) {
      throw Failure.failed(
          file
              + " is neither YAML nor JSON: "
              + String.join(" ", e.getOriginalMessage().lines().map(String::strip).toList())
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
    for (JsonNode p : problem.path("problems")) {
      String value = p.path("value").asString("");
      err.println(
          "  "
              + p.path("field").asString("")
              + (value.isEmpty() ? "" : " = " + value)
              + ": "
              + p.path("rule").asString(""));
    }
    err.flush();
    int told = problem.path("problems").size();
    return Failure.failed(
        what
            + " was not applied: "
            + (told > 0
                ? told + (told == 1 ? " problem" : " problems")
                : problem.path("detail").asString(problem.path("title").asString("refused")))
            + " [HTTP "
            + status
            + "]");
  }
}
