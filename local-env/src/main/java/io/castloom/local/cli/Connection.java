package io.castloom.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where Castloom answers and who asks: options, else the environment, else what {@code castloom
 * login} kept, else a {@code castloom up} in this folder.
 */
public final class Connection {

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Address of the API (CASTLOOM_URL).")
  private @Nullable String url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description = "Token of the account (CASTLOOM_TOKEN).")
  private @Nullable String token;

  /** Whether the operator's token is meant when none was given. */
  enum Role {
    ACCOUNT,
    OPERATOR
  }

  Api open(Role role) throws Failure, IOException {
    String toUrl = firstOf(url, System.getenv("CASTLOOM_URL"));
    String withToken = firstOf(token, System.getenv("CASTLOOM_TOKEN"));
    for (Path known : new Path[] {loginFile(), Path.of(".castloom", "ready.json")}) {
      if ((toUrl == null || withToken == null) && Files.isReadable(known)) {
        JsonNode kept = JsonMapper.shared().readTree(Files.readString(known));
        String keptUrl = kept.path("http").asString("");
        if (toUrl == null) {
          toUrl = keptUrl;
        }
        if (withToken == null && keptUrl.equals(toUrl)) {
          String forRole = kept.path("operatorToken").asString("");
          withToken =
              role == Role.OPERATOR && !forRole.isEmpty()
                  ? forRole
                  : kept.path("token").asString("");
        }
      }
    }
    if (toUrl == null) {
      throw Failure.usedWrongly(
          "no address: start `castloom up` in this folder, or `castloom login URL`, or set CASTLOOM_URL");
    }
    if (withToken == null) {
      throw Failure.usedWrongly(
          "no token for " + toUrl + ": `castloom login " + toUrl + "`, or set CASTLOOM_TOKEN");
    }
    return new Api(address(toUrl), withToken);
  }

  /** An address of the API, or what is wrong with it. */
  static URI address(String text) throws Failure {
    try {
      URI uri = URI.create(text.strip());
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Failure.usedWrongly(
        "\"" + text + "\" is no address of Castloom: it is like https://castloom.example.org");
  }

  /** {@code $XDG_CONFIG_HOME/castloom/login.json}, in the home folder where that is not set. */
  static Path loginFile() {
    String config = System.getenv("XDG_CONFIG_HOME");
    Path folder =
        config == null || config.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(config);
    return folder.resolve("castloom").resolve("login.json");
  }

  private static @Nullable String firstOf(@Nullable String a, @Nullable String b) {
    if (a != null && !a.isBlank()) {
      return a;
    }
    return b == null || b.isBlank() ? null : b;
  }
}
