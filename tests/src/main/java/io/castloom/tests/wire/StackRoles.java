package io.castloom.tests.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the stack permits each process, read from its template. */
public final class StackRoles {

  private static final Map<String, String> ROLES =
      Map.of(
          "ingest", "IngestRole",
          "worker", "WorkerRole",
          "assembler", "AssemblerRole",
          "autoscaler", "AutoscalerRole");

  private final List<Permission> permissions = new ArrayList<>();

  /**
   * One action on one resource.
   *
   * @param resource {@code private/fleet/*}, {@code public}; of other services as in the template
   */
  public record Permission(String process, String action, String resource) {
    boolean covers(Witness.Need need) {
      if (!process.equals(need.process()) || !action.equals(need.action())) {
        return false;
      }
      if (need.resource().isEmpty()) {
        return true;
      }
      String asked = need.resource().replaceFirst("^[^/]*(private|public)", "$1");
      return resource.endsWith("*")
          ? asked.startsWith(resource.substring(0, resource.length() - 1))
          : asked.equals(resource);
    }
  }

  private StackRoles() {}

  /**
   * @param template {@code packer/stack.yaml}
   */
  public static StackRoles of(Path template) throws IOException {
    JsonNode resources = new YAMLMapper().readTree(Files.readString(template)).path("Resources");
    StackRoles roles = new StackRoles();
    ROLES.forEach(
        (process, role) ->
            resources
                .path(role)
                .path("Properties")
                .path("Policies")
                .forEach(
                    policy ->
                        policy
                            .path("PolicyDocument")
                            .path("Statement")
                            .forEach(statement -> roles.add(process, statement))));
    return roles;
  }

  private void add(String process, JsonNode statement) {
    statement
        .path("Action")
        .forEach(
            action ->
                statement
                    .path("Resource")
                    .forEach(
                        resource ->
                            permissions.add(
                                new Permission(
                                    process, action.asString(), bucket(resource.asString())))));
  }

  private static String bucket(String resource) {
    for (String name : List.of("Private", "Public")) {
      String arn = name + "Bucket.Arn";
      if (resource.contains(arn)) {
        String below = resource.replace("${" + arn + "}", "").replace(arn, "");
        return name.toLowerCase(Locale.ROOT) + below;
      }
    }
    return resource;
  }

  /** All that is permitted. */
  public List<Permission> permissions() {
    return List.copyOf(permissions);
  }

  /** Whether a process may do what it did. */
  public boolean permits(Witness.Need need) {
    return permissions.stream().anyMatch(permission -> permission.covers(need));
  }

  /** Each {@code process action} that is permitted. */
  public Set<String> actions() {
    Set<String> all = new TreeSet<>();
    permissions.forEach(it -> all.add(it.process() + " " + it.action()));
    return all;
  }

  /** Each {@code process action} that is permitted and that nothing of all this needed. */
  public Set<String> beyond(Collection<Witness.Need> needs) {
    Set<String> idle = actions();
    needs.forEach(need -> idle.remove(need.process() + " " + need.action()));
    return idle;
  }
}
