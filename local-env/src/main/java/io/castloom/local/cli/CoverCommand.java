package io.castloom.local.cli;

import io.castloom.local.cli.Connection.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code castloom cover}: pictures that profiles, shows and episodes put into files. */
@Command(
    name = "cover",
    description = "Pictures that profiles, shows and episodes put into files.",
    synopsisSubcommandLabel = "COMMAND")
final class CoverCommand {

  @Mixin private Connection connection;
  @Spec private CommandSpec spec;

  @Command(
      name = "add",
      description = {
        "Store JPEG or PNG pictures of at most 1 MiB, and print the digest of each, which a"
            + " profile names as labels.cover.",
        "`castloom profile apply` does this by itself for a cover that is named by its file, as do"
            + " `castloom show apply` and `castloom episode apply`. The cover of a show that is"
            + " there: `castloom show cover SHOW FILE`."
      })
  int add(
      @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files,
      @Option(names = "--json", description = "One object for each, as JSON.") boolean json)
      throws Exception {
    Api api = connection.open(Role.ACCOUNT);
    for (Path file : files) {
      String cover = CoverUpload.send(api, file);
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? JsonMapper.shared()
                      .writeValueAsString(Map.of("file", file.toString(), "cover", cover))
                  : cover + "  " + file);
    }
    return 0;
  }
}
