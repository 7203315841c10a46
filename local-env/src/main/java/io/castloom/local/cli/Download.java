package io.castloom.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Brings renditions onto the disk: whole or not at all. */
public final class Download {

  private static final int BLOCK_BYTES = 256 << 10;

  private final Api api;
  private final @Nullable PrintWriter err;

  /**
   * @param err where progress is told; null for nowhere
   */
  public Download(Api api, @Nullable PrintWriter err) {
    this.api = api;
    this.err = err;
  }

  /** All renditions of a job; files are called {@code <name>.<profile>.<extension>}. */
  public List<Path> renditions(JsonNode job, Path folder)
      throws Failure, IOException, InterruptedException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Failure.usedWrongly(folder + " is a file: name a folder, which is made when it is new");
    }
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (JsonNode rendition : job.path("renditions")) {
      Path file = folder.resolve(name(job, rendition));
      file(rendition.path("url").asString(), rendition.path("sizeBytes").asLong(0), file);
      files.add(file);
    }
    return files;
  }

  /** One file. */
  void file(String path, long sizeBytes, Path file)
      throws Failure, IOException, InterruptedException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (InputStream in =
            api.send("GET", path, BodyPublishers.noBody(), Map.of(), BodyHandlers.ofInputStream())
                .body();
        var out = Files.newOutputStream(part)) {
      PrintWriter told = err;
      if (told != null && Terminal.isOne()) {
        try (ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName(String.valueOf(file.getFileName()))
                .setInitialMax(sizeBytes)
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
          byte[] block = new byte[BLOCK_BYTES];
          for (int read = in.read(block); read >= 0; read = in.read(block)) {
            out.write(block, 0, read);
            bar.stepBy(read);
          }
        }
      } else {
        in.transferTo(out);
        if (told != null) {
          told.println(file + " " + Spans.bytes(sizeBytes));
          told.flush();
        }
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The uploader's name for the file, without anything that could lead out of the folder. */
  private static String name(JsonNode job, JsonNode rendition) {
    String filename = job.path("filename").asString("recording");
    String base = filename.replaceAll("\\.[A-Za-z0-9]{1,8}$", "");
    String safe = base.replaceAll("[^\\p{L}\\p{N} ._-]", "_").replaceAll("^\\.+", "_");
    String extension =
        switch (rendition.path("mediaType").asString("")) {
          case "audio/mpeg" -> "mp3";
          case "audio/mp4" -> "m4a";
          case "audio/ogg" -> "opus";
          case "audio/flac" -> "flac";
          case "audio/wav" -> "wav";
          default -> "bin";
        };
    return safe + "." + rendition.path("profile").asString() + "." + extension;
  }
}
