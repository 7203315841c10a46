package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code castloom show|episode|creative|campaign}: documents, applied whole. The four differ in
 * nothing but their address.
 */
final class DocumentCommand {

  /** A kind of document: its word on the command line and its place in the API. */
  enum Kind {
    SHOW("shows"),
    EPISODE("episodes"),
    CREATIVE("creatives"),
    CAMPAIGN("campaigns");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The list's path; an episode's show stands before the slash of its name. */
    String list(String within) throws Failure {
      if (this != EPISODE) {
        return "/v1/" + plural;
      }
      if (within.isEmpty()) {
        throw Failure.usedWrongly("name the show: castloom episode list SHOW");
      }
      return "/v1/shows/" + within + "/episodes";
    }

    String path(String id) throws Failure {
      if (this != EPISODE) {
        return "/v1/" + plural + "/" + id;
      }
      int slash = id.indexOf('/');
      if (slash < 1) {
        throw Failure.usedWrongly("an episode is named SHOW/EPISODE, not \"" + id + "\"");
      }
      return "/v1/shows/" + id.substring(0, slash) + "/episodes/" + id.substring(slash + 1);
    }

    /** What a document calls itself. */
    private String id(JsonNode document, Path file) throws Failure {
      String id = document.path("id").asString("");
      String show = document.path("show").asString("");
      if (id.isEmpty() || (this == EPISODE && show.isEmpty())) {
        throw Failure.failed(
            "%s holds %s that does not say %s: every document names itself"
                .formatted(
                    file,
                    (this == EPISODE ? "an " : "a ") + word(),
                    this == EPISODE && show.isEmpty() ? "its show" : "its id"));
      }
      return this == EPISODE ? show + "/" + id : id;
    }
  }

  private DocumentCommand() {}

  static CommandLine of(Kind kind) {
    CommandSpec spec = CommandSpec.create().name(kind.word()).mixinStandardHelpOptions(true);
    spec.usageMessage()
        .description(
            "List, show, apply and delete " + kind.plural + ", as documents in YAML or JSON.");
    CommandLine all = new CommandLine(spec);
    all.addSubcommand(new ListThem(kind));
    all.addSubcommand(new ShowIt(kind));
    all.addSubcommand(new ApplyIt(kind));
    all.addSubcommand(new DeleteIt(kind));
    switch (kind) {
      case CAMPAIGN -> all.addSubcommand(new CampaignReport());
      case EPISODE -> {
        all.addSubcommand(new TranscriptCommand());
        all.addSubcommand(new ArtworkCommand(kind));
      }
      case SHOW -> all.addSubcommand(new ArtworkCommand(kind));
      case CREATIVE -> {}
    }
    return all;
  }

  @Command(name = "list", description = "List them.")
  private static final class ListThem implements Callable<Integer> {
    private final Kind kind;
    @Mixin private Connection connection;
    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SHOW", description = "Whose episodes.")
    private String within = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    ListThem(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
      var items = Pages.all(connection.open(Role.ACCOUNT), kind.list(within), kind.plural);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(JsonMapper.shared().valueToTree(Map.of(kind.plural, items)).toString());
        return 0;
      }
      Table table = new Table("ID", "TITLE", "STATE");
      for (JsonNode item : items) {
        table.row(
            item.path("id").asString(""),
            item.path("title").asString(item.path("advertiser").asString("")),
            item.path("state").asString(item.path("tier").asString("")));
      }
      table.printTo(out);
      return 0;
    }
  }

  @Command(name = "show", description = "Print one, as it can be applied again.")
  private static final class ShowIt implements Callable<Integer> {
    private final Kind kind;
    @Mixin private Connection connection;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Its id; an episode's is SHOW/EPISODE.")
    private String id = "";

    @Option(names = "--json", description = "As JSON instead of YAML.")
    private boolean json;

    ShowIt(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
      HttpResponse<String> answer =
          connection
              .open(Role.ACCOUNT)
              .send(
                  "GET", kind.path(id), BodyPublishers.noBody(), Map.of(), BodyHandlers.ofString());
      JsonNode document = JsonMapper.shared().readTree(answer.body());
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(document);
      } else {
        answer
            .headers()
            .firstValue("ETag")
            .ifPresent(etag -> out.println("# for --if-match: " + etag.replace("\"", "")));
        out.print(DocumentFile.yaml(document));
      }
      out.flush();
      return 0;
    }
  }

  @Command(
      name = "apply",
      description = {
        "Put a document in place as a whole: what it does not say gets its default.",
        "It is checked first; every problem is told, and then nothing is changed.",
        "The cover of a show or an episode may be a file beside the document: it is uploaded, and"
            + " the document names it by its digest."
      })
  private static final class ApplyIt implements Callable<Integer> {
    private final Kind kind;
    @Mixin private Connection connection;
    @Spec private CommandSpec spec;

    @Option(
        names = {"-f", "--file"},
        required = true,
        paramLabel = "FILE",
        description = "YAML or JSON; several YAML documents may stand in one file.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Only tell what would change, in words.")
    private boolean dryRun;

    @Option(
        names = "--if-match",
        paramLabel = "ETAG",
        description = "Only if it is still the one with this etag.")
    private @Nullable String ifMatch;

    ApplyIt(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
      Api api = connection.open(Role.ACCOUNT);
      List<JsonNode> documents = DocumentFile.read(file);
      for (JsonNode document : documents) {
        kind.id(document, file); // before any of them is applied
      }
      int applied = 0;
      for (JsonNode document : documents) {
        String id = kind.id(document, file);
        switch (kind) {
          case SHOW, EPISODE -> CoverUpload.resolveArtwork(api, document, file);
          case CREATIVE, CAMPAIGN -> {}
        }
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        if (ifMatch != null) {
          headers.put("If-Match", '"' + ifMatch + '"');
        }
        HttpResponse<String> response =
            api.exchange(
                "PUT",
                kind.path(id) + (dryRun ? "?dryRun=true" : ""),
                BodyPublishers.ofString(document.toString()),
                headers,
                BodyHandlers.ofString());
        if (response.statusCode() >= 400 && applied > 0 && !dryRun) {
          spec.commandLine()
              .getErr()
              .println("  what stands before it in " + file + " is applied: " + applied);
        }
        DocumentAnswer.print(spec, kind.word() + " " + id, response, dryRun);
        applied++;
      }
      return 0;
    }
  }

  @Command(name = "delete", description = "Delete one.")
  private static final class DeleteIt implements Callable<Integer> {
    private final Kind kind;
    @Mixin private Connection connection;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Its id; an episode's is SHOW/EPISODE.")
    private String id = "";

    DeleteIt(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
      connection.open(Role.ACCOUNT).send("DELETE", kind.path(id), "", Map.of());
      spec.commandLine().getOut().println(kind.word() + " " + id + " deleted");
      return 0;
    }
  }
}
