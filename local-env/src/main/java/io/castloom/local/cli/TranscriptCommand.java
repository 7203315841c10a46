package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code castloom episode transcript}: a transcript as a file of an episode. */
@Command(
    name = "transcript",
    description = {
      "Give an episode its transcript, a WebVTT or SubRip file in times of the body.",
      "It is checked first; every problem is told with its line, and then nothing is changed.",
      "Assembled versions carry it moved by their ads, as WebVTT and as SubRip."
    })
final class TranscriptCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "SHOW/EPISODE", description = "The episode.")
  private String episode = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The transcript; .srt for SubRip, else WebVTT.")
  private @Nullable Path file;

  @Option(names = "--language", paramLabel = "TAG", description = "BCP 47; else the show's.")
  private @Nullable String language;

  @Option(names = "--delete", description = "Take the transcript out instead.")
  private boolean delete;

  @Option(names = "--dry-run", description = "Only tell what would change, in words.")
  private boolean dryRun;

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path transcript = file;
    if ((transcript == null) != delete) {
      throw Failure.usedWrongly("name a FILE, or --delete to take the transcript out");
    }
    if (transcript != null && (!Files.isReadable(transcript) || Files.isDirectory(transcript))) {
      throw Failure.usedWrongly(transcript + " is no file that can be read");
    }
    HttpResponse<String> response =
        connection
            .open(Role.ACCOUNT)
            .exchange(
                delete ? "DELETE" : "PUT",
                DocumentCommand.Kind.EPISODE.path(episode) + "/transcript" + query(transcript),
                body(transcript),
                Map.of(),
                BodyHandlers.ofString());
    DocumentAnswer.print(spec, "episode " + episode, response, dryRun);
    return 0;
  }

  private static BodyPublisher body(@Nullable Path transcript) throws java.io.IOException {
    return transcript == null ? BodyPublishers.noBody() : BodyPublishers.ofFile(transcript);
  }

  private String query(@Nullable Path transcript) {
    List<String> all = new ArrayList<>();
    if (transcript != null) {
      boolean srt = transcript.toString().toLowerCase(Locale.ROOT).endsWith(".srt");
      all.add("format=" + (srt ? "srt" : "vtt"));
    }
    if (language != null) {
      all.add("language=" + URLEncoder.encode(language, StandardCharsets.UTF_8));
    }
    if (dryRun) {
      all.add("dryRun=true");
    }
    return all.isEmpty() ? "" : "?" + String.join("&", all);
  }
}
