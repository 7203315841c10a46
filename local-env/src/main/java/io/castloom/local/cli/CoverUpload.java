package io.castloom.local.cli;

import io.castloom.domain.media.Picture;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Brings pictures to the API, where profiles name them by their digest. */
final class CoverUpload {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private CoverUpload() {}

  /** Stores a picture and gives its digest; the same picture again is the same cover. */
  static String send(Api api, Path file) throws Failure, IOException, InterruptedException {
    long bytes = Files.size(file);
    if (bytes > Picture.MOST_BYTES) {
      throw Failure.failed(
          "%s has %d bytes; a cover has at most %d: store it smaller, or as a JPEG"
              .formatted(file, bytes, Picture.MOST_BYTES));
    }
    byte[] picture = Files.readAllBytes(file);
    String wrong = Picture.problem(picture);
    if (wrong != null) {
      throw Failure.failed(file + " was not uploaded: " + wrong);
    }
    var answer =
        api.send(
            "POST",
            "/v1/covers",
            BodyPublishers.ofByteArray(picture),
            Map.of("Content-Type", Picture.mediaType(picture)),
            BodyHandlers.ofString());
    return JsonMapper.shared().readTree(answer.body()).path("cover").asString();
  }

  /**
   * Uploads the picture that a profile names by its file beside the document, and names it by its
   * digest.
   */
  static void resolve(Api api, ObjectNode profile, Path document)
      throws Failure, IOException, InterruptedException {
    JsonNode cover = profile.path("labels").path("cover");
    if (profile.get("labels") instanceof ObjectNode labels
        && cover.isString()
        && !DIGEST.matcher(cover.asString()).matches()) {
      labels.put("cover", send(api, document.resolveSibling(cover.asString())));
    }
  }
}
