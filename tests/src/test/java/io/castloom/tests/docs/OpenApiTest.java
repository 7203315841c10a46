package io.castloom.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.ingest.Ingest;
import io.castloom.local.cloud.EmbeddedCloud;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.cloud.CloudSettings;
import io.castloom.service.names.Names;
import io.castloom.service.process.ServiceArguments;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's description is written by hand; the server's own list of routes judges it. */
final class OpenApiTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "head", "options");

  @TempDir private Path folder;

  @Test
  void the_description_and_the_server_have_the_same_paths_and_methods() throws Exception {
    Set<String> served = new HashSet<>();
    Set<String> described = new TreeSet<>();
    try (EmbeddedCloud embedded =
            EmbeddedCloud.start(folder.resolve("data"), EmbeddedCloud.Ports.FREE);
        Cloud cloud =
            Cloud.open(
                new CloudSettings(embedded.settings(), Names.of("openapi"), true),
                (service, operation) -> {})) {
      cloud.provision();
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.putAll(embedded.environment());
      environment.put("CASTLOOM_ENV", "openapi");
      Map<String, String> flags =
          Map.of(
              "http.port", "0",
              "admin.port", "0",
              "ftp.enabled", "false",
              "intake.spool", folder.resolve("spool").toString());
      try (Ingest ingest =
          Ingest.start(new ServiceArguments(flags, environment, false), InstantSource.system())) {
        served.addAll(ingest.routes());
        read(ingest.httpPort())
            .path("paths")
            .properties()
            .forEach(
                path ->
                    path.getValue()
                        .propertyNames()
                        .forEach(
                            method -> {
                              if (METHODS.contains(method)) {
                                described.add(
                                    method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                              }
                            }));
      }
    }
    assertThat(described).hasSizeGreaterThan(50);
    assertThat(described).as("described, but not served").isSubsetOf(served);
    assertThat(served.stream().filter(route -> !implied(route, described)).toList())
        .as("served, but not described")
        .isSubsetOf(described);
  }

  /** The console's files; HEAD beside GET; and OPTIONS, which ask what a path allows. */
  private static boolean implied(String route, Set<String> described) {
    String path = route.substring(route.indexOf(' ') + 1);
    return path.equals("/")
        || path.startsWith("/console")
        || path.equals("/v1/openapi.json")
        || route.startsWith("OPTIONS ")
        || (route.startsWith("HEAD ") && described.contains("GET " + path));
  }

  private static JsonNode read(int port) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/v1/openapi.json");
      return JsonMapper.shared()
          .readTree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
  }
}
