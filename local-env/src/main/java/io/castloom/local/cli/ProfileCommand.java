package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code castloom profile}. */
@Command(
    name = "profile",
    description = "The profiles that renditions can be ordered in.",
    synopsisSubcommandLabel = "COMMAND")
final class ProfileCommand {

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "Standard profiles and the account's own.")
  int list(@Option(names = "--json", description = "As JSON.") boolean json) throws Exception {
    JsonNode answer = connection.open(Role.ACCOUNT).get("/v1/profiles");
    if (json) {
      spec.commandLine().getOut().println(answer);
      return 0;
    }
    Table table = new Table("PROFILE", "CODEC", "RATE", "CHANNELS", "BITS", "LOUDNESS");
    for (JsonNode profile : answer.path("profiles")) {
      JsonNode rate = profile.path("rate");
      table.row(
          profile.path("name").asString(),
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

  @Command(name = "show", description = "One profile.")
  int show(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--json", description = "As JSON instead of YAML.") boolean json)
      throws Exception {
    JsonNode answer = connection.open(Role.ACCOUNT).get("/v1/profiles/" + name);
    spec.commandLine()
        .getOut()
        .println(json ? answer.toString() : new YAMLMapper().writeValueAsString(answer).strip());
    return 0;
  }
}
