package io.castloom.local.cli;

import io.castloom.domain.media.Artwork;
import io.castloom.local.cli.Connection.Role;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code castloom show cover} and {@code castloom episode cover}: a picture as a file. */
@Command(
    name = "cover",
    description = {
      "Upload the cover of a show or an episode, and name it in the document.",
      "It must be a square JPEG or PNG of "
          + Artwork.LEAST_PIXELS
          + " to "
          + Artwork.MOST_PIXELS
          + " pixels and at most 1 MiB, in RGB colours, as podcast directories ask.",
      "The feed gives its public address; assembled episodes carry it from their next version on."
    })
final class ArtworkCommand implements Callable<Integer> {

  private final DocumentCommand.Kind kind;

  @Parameters(index = "0", paramLabel = "ID", description = "SHOW, or SHOW/EPISODE.")
  private String id = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "The picture.")
  private @Nullable Path file;

  @Option(
      names = "--delete",
      description = "Take an episode's out instead: it then has its show's.")
  private boolean delete;

  @Option(names = "--dry-run", description = "Only tell what would change, in words.")
  private boolean dryRun;

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  ArtworkCommand(DocumentCommand.Kind kind) {
    this.kind = kind;
  }

  @Override
  public Integer call() throws Exception {
    Path picture = file;
    if ((picture == null) != delete) {
      throw Failure.usedWrongly("name a FILE, or --delete to take the cover out");
    }
    HttpResponse<String> response =
        connection
            .open(Role.ACCOUNT)
            .exchange(
                delete ? "DELETE" : "PUT",
                kind.path(id) + "/cover" + (dryRun ? "?dryRun=true" : ""),
                body(picture),
                Map.of(),
                BodyHandlers.ofString());
    DocumentAnswer.print(spec, kind.word() + " " + id, response, dryRun);
    return 0;
  }

  private static BodyPublisher body(@Nullable Path picture) throws Failure, java.io.IOException {
    if (picture == null) {
      return BodyPublishers.noBody();
    }
    if (!Files.isReadable(picture) || Files.isDirectory(picture)) {
      throw Failure.usedWrongly(picture + " is no file that can be read");
    }
    return BodyPublishers.ofByteArray(CoverUpload.read(picture, Artwork::problem));
  }
}
