package io.castloom.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Uploads a file by the tus protocol 1.0 in pieces, so that what broke off goes on where it
 * stopped: within a run by itself, and in a later run of the command too, whose memory is {@link
 * Resumable}.
 */
final class TusUpload {

  private static final int PIECE_BYTES = 32 << 20;
  private static final int TRIES = 6;
  private static final Map<String, String> PROTOCOL = Map.of("Tus-Resumable", "1.0.0");

  private final Api api;
  private final Resumable memory;

  TusUpload(Api api, Resumable memory) {
    this.api = api;
    this.memory = memory;
  }

  /** What an upload gave. */
  record Receipt(String job, String original) {}

  /**
   * Uploads.
   *
   * @param metadata filename, show, title, profiles, priority, as surface says
   * @param sent hears how many bytes the server has
   */
  Receipt upload(Path file, Map<String, String> metadata, LongConsumer sent)
      throws Failure, IOException, InterruptedException {
    long size = Files.size(file);
    String fingerprint =
        file.toAbsolutePath() + "|" + size + "|" + Files.getLastModifiedTime(file) + "|" + metadata;
    String path = memory.find(api.base(), fingerprint);
    long offset = path.isEmpty() ? -1 : offset(path);
    if (offset < 0) {
      path = create(size, metadata);
      memory.keep(api.base(), fingerprint, path);
      offset = 0;
    }
    sent.accept(offset);
    int failures = 0;
    while (true) {
      long length = Math.min(PIECE_BYTES, size - offset);
      try {
        HttpResponse<byte[]> response = piece(path, file, offset, length);
        offset = Long.parseLong(response.headers().firstValue("Upload-Offset").orElse("0"));
        sent.accept(offset);
        failures = 0;
        if (offset == size) {
          memory.forget(api.base(), fingerprint);
          return new Receipt(
              response.headers().firstValue("Castloom-Job").orElse(""),
              response.headers().firstValue("Castloom-Original").orElse(""));
        }
      } catch (Failure refused) {
        memory.forget(api.base(), fingerprint);
        throw refused;
      } catch (IOException broken) {
        failures++;
        if (failures == TRIES) {
          throw Failure.failed(
              "broke off at byte "
                  + offset
                  + " of "
                  + size
                  + " ("
                  + Failure.inOneLine(broken)
                  + "); the same command goes on from there");
        }
        Thread.sleep(200L << failures);
        long known = offset(path);
        offset = known < 0 ? offset : known;
      }
    }
  }

  private HttpResponse<byte[]> piece(String path, Path file, long offset, long length)
      throws Failure, IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>(PROTOCOL);
    headers.put("Content-Type", "application/offset+octet-stream");
    headers.put("Upload-Offset", Long.toString(offset));
    return api.send(
        "PATCH",
        path,
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> slice(file, offset, length)), Math.max(1, length)),
        headers,
        BodyHandlers.ofByteArray());
  }

  private static InputStream slice(Path file, long offset, long length) {
    try {
      return new FileSlice(file, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String create(long size, Map<String, String> metadata)
      throws Failure, IOException, InterruptedException {
    List<String> pairs = new ArrayList<>();
    metadata.forEach(
        (key, value) ->
            pairs.add(
                key
                    + " "
                    + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    Map<String, String> headers = new HashMap<>(PROTOCOL);
    headers.put("Upload-Length", Long.toString(size));
    headers.put("Upload-Metadata", String.join(",", pairs));
    HttpResponse<byte[]> response =
        api.send("POST", "/v1/tus", BodyPublishers.noBody(), headers, BodyHandlers.ofByteArray());
    String location = response.headers().firstValue("Location").orElse("");
    return location.substring(Math.max(0, location.indexOf("/v1/tus/")));
  }

  /** Where the server is; -1 when it does not know the upload (any more). */
  private long offset(String path) throws Failure, IOException, InterruptedException {
    HttpResponse<Void> response =
        api.exchange("HEAD", path, BodyPublishers.noBody(), PROTOCOL, BodyHandlers.discarding());
    return response.statusCode() >= 400
        ? -1
        : Long.parseLong(response.headers().firstValue("Upload-Offset").orElse("-1"));
  }
}
