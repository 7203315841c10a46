package io.castloom.local.cli;

import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code castloom login}: keeps address and token for the other commands. */
@Command(
    name = "login",
    description = {
      "Keep address and token for the commands that talk to Castloom.",
      "The token is asked for, or read from --token or CASTLOOM_TOKEN, tried, and kept in a file"
          + " that only you can read."
    })
final class LoginCommand implements Callable<Integer> {

  @Parameters(paramLabel = "URL", description = "For example https://castloom.example.org")
  private String url = "";

  @Option(names = "--token", paramLabel = "TOKEN", description = "The account's token.")
  private @Nullable String token;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    String given = token != null ? token : System.getenv("CASTLOOM_TOKEN");
    if (given == null) {
      Console console = Terminal.console();
      if (console == null) {
        throw Failure.usedWrongly(
            "no terminal to ask for the token: use --token or CASTLOOM_TOKEN");
      }
      given = new String(console.readPassword("Token for %s: ", url));
    }
    new Api(Connection.address(url), given).get("/v1/jobs?limit=1");
    Path file = Connection.loginFile();
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, JsonMapper.shared().writeValueAsString(Map.of("http", url, "token", given)));
    spec.commandLine().getOut().println("kept for " + url + " in " + file);
    return 0;
  }
}
