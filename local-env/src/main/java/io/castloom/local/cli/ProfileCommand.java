package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code castloom profile}. */
@Command(
    name = "profile",
    description = {
      "The profiles that renditions can be ordered in: the standard ones, which nobody can change,"
          + " and the account's own.",
      "To make your own, begin with one that is near:",
      "  castloom profile show mp3-128 > tape.yaml",
      "give it another name in the file, change what you like, and",
      "  castloom profile apply -f tape.yaml"
    },
    synopsisSubcommandLabel = "COMMAND")
final class ProfileCommand {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "Standard profiles and the account's own.")
  int list(@Option(names = "--json", description = "As JSON.") boolean json) throws Exception {
    JsonNode answer = connection.open(Role.ACCOUNT).get("/v1/profiles");
    if (json) {
      spec.commandLine().getOut().println(answer);
      return 0;
    }
    Table table = new Table("PROFILE", "OWN", "CODEC", "RATE", "CHANNELS", "BITS", "LOUDNESS");
    for (JsonNode profile : answer.path("profiles")) {
      JsonNode rate = profile.path("rate");
      table.row(
          profile.path("name").asString(),
          profile.path("standard").asBoolean(true) ? "" : "own",
          profile.path("codec").asString(),
          profile.path("sampleRate").asInt(0) + " Hz",
          profile.path("channels").asInt(0),
          rate.has("kbps")
              ? rate.path("kbps").asInt() + " kbit/s"
              : rate.has("level") ? "VBR " + rate.path("level").asInt() : "lossless",
          profile.has("loudnessLufs")
              ? profile.path("loudnessLufs").asDouble() + " LUFS"
              : "as is");
    }
    table.printTo(spec.commandLine().getOut());
    return 0;
  }

  @Command(name = "show", description = "One profile, as it can be applied again.")
  int show(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--json", description = "As JSON, with what follows from it.") boolean json)
      throws Exception {
    JsonNode answer = connection.open(Role.ACCOUNT).get(path(name));
    if (!json && answer instanceof ObjectNode profile) {
      profile.remove(List.of("standard", "default", "extension", "mediaType"));
    }
    spec.commandLine()
        .getOut()
        .println(json ? answer.toString() : DocumentFile.yaml(answer).strip());
    return 0;
  }

  @Command(
      name = "apply",
      description = {
        "Put profiles of your own in place, each as a whole.",
        "A profile has name, codec (mp3, aac, opus, flac, wav), sampleRate (Hz), channels (1, 2) and"
            + " rate: {type: bitrate, kbps: 96}, {type: quality, level: 0..9} (MP3 only) or {type:"
            + " lossless}; and, if wanted, loudnessLufs (-40 to -5) and labels with tags, fromSource"
            + " and cover.",
        "labels.cover is a JPEG or PNG beside the document, which is uploaded, or the digest that"
            + " `castloom cover add` printed.",
        "Finished renditions are not touched: the next job uses the new content."
      })
  int apply(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "YAML or JSON; several YAML documents may stand in one file.")
          Path file,
      @Option(names = "--json", description = "Print what is now in place, as JSON.") boolean json)
      throws Exception {
    Api api = connection.open(Role.ACCOUNT);
    PrintWriter out = spec.commandLine().getOut();
    List<JsonNode> documents = DocumentFile.read(file);
    for (JsonNode document : documents) {
      named(file, document);
    }
    for (JsonNode document : documents) {
      ObjectNode profile = named(file, document);
      String name = profile.path("name").asString();
      CoverUpload.resolve(api, profile, file);
      HttpResponse<String> response =
          api.exchange(
              "PUT",
              path(name),
              BodyPublishers.ofString(profile.toString()),
              Map.of("Content-Type", "application/json"),
              BodyHandlers.ofString());
      JsonNode answer = JsonMapper.shared().readTree(response.body());
      if (response.statusCode() >= 400) {
        throw DocumentFile.refused(
            spec.commandLine().getErr(), "profile " + name, response.statusCode(), answer);
      }
      out.println(
          json
              ? answer.toString()
              : "profile " + name + (response.statusCode() == 201 ? " made" : " replaced"));
    }
    out.flush();
    return 0;
  }

  private static ObjectNode named(Path file, JsonNode document) throws Failure {
    if (document instanceof ObjectNode profile && profile.path("name").isString()) {
      return profile;
    }
    throw Failure.failed(
        file + " holds a profile without a name: say `name: tape-96`, of a-z, 0-9 and '-'");
  }

  @Command(
      name = "delete",
      description = "Remove one of your own. Jobs that were ordered with it are done all the same.")
  int delete(@Parameters(paramLabel = "NAME") String name) throws Exception {
    connection.open(Role.ACCOUNT).send("DELETE", path(name), "", Map.of());
    spec.commandLine().getOut().println("profile " + name + " deleted");
    return 0;
  }

  private static String path(String name) throws Failure {
    if (!NAME.matcher(name).matches()) {
      throw Failure.usedWrongly(
          "a profile's name is 1 to 40 of a-z, 0-9 and '-', not \"" + name + "\"");
    }
    return "/v1/profiles/" + name;
  }
}
