package io.castloom.local.cli;

import io.castloom.domain.media.Artwork;
import io.castloom.domain.media.Picture;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Brings pictures to the API, where profiles name them by their digest. */
final class CoverUpload {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private CoverUpload() {}

  /** Says why some bytes are no cover; null when they are one. */
  interface Rule {
    @Nullable String problem(byte[] picture);
  }

  /** A picture that keeps a rule; else nothing is sent. */
  static byte[] read(Path file, Rule rule) throws Failure, IOException {
    long bytes = Files.size(file);
    if (bytes > Picture.MOST_BYTES) {
      throw Failure.failed(
          "%s has %d bytes; a cover has at most %d: store it smaller, or as a JPEG"
              .formatted(file, bytes, Picture.MOST_BYTES));
    }
    byte[] picture = Files.readAllBytes(file);
    String wrong = rule.problem(picture);
    if (wrong != null) {
      throw Failure.failed(file + " was not uploaded: " + wrong);
    }
    return picture;
  }

  /** Stores a picture and gives its digest; the same picture again is the same cover. */
  static String send(Api api, Path file) throws Failure, IOException, InterruptedException {
    return send(api, read(file, Picture::problem));
  }

  private static String send(Api api, byte[] picture)
      throws Failure, IOException, InterruptedException {
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

  /** The same for the cover of a show or an episode, which may also be an address on the web. */
  static void resolveArtwork(Api api, JsonNode document, Path file)
      throws Failure, IOException, InterruptedException {
    if (!(document instanceof ObjectNode tree)) {
      return;
    }
    String cover = tree.path("cover").asString("");
    if (cover.isEmpty() || cover.contains("://") || DIGEST.matcher(cover).matches()) {
      return; // the API judges it
    }
    Path picture = file.resolveSibling(cover);
    if (!Files.isReadable(picture) || Files.isDirectory(picture)) {
      throw Failure.failed(
          file
              + ": cover = "
              + cover
              + " is no file beside the document; name one, an http or https address, or the"
              + " digest of a stored cover");
    }
    tree.put("cover", send(api, read(picture, Artwork::problem)));
  }
}
