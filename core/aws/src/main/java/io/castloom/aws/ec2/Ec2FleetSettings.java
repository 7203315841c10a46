package io.castloom.aws.ec2;

import io.castloom.domain.job.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a fleet may launch.
 *
 * @param environment the value of the tag {@code castloom-env}: instances without it are not ours
 * @param templates for each kind of instance the templates that it may be launched from
 * @param subnets the subnets, and by them the zones; empty leaves it to the template
 */
public record Ec2FleetSettings(
    String environment, Map<TaskKind, List<Template>> templates, List<String> subnets) {

  /**
   * A launch template with what may be launched from it: one for each processor architecture.
   *
   * @param version a number, {@code $Default} or {@code $Latest}
   * @param types acceptable types, the preferred first; at least one
   */
  public record Template(String name, String version, List<String> types) {
    public Template {
      Objects.requireNonNull(name);
      if (!version.matches("[0-9]+|\\$Default|\\$Latest")) {
        throw new IllegalArgumentException(
            "a template's version is a number, $Default or $Latest: \"" + version + "\"");
      }
      types = List.copyOf(types);
      if (types.isEmpty()) {
        throw new IllegalArgumentException("template " + name + " has no instance types");
      }
    }
  }

  public Ec2FleetSettings {
    Objects.requireNonNull(environment);
    templates = Map.copyOf(templates);
    subnets = List.copyOf(subnets);
  }
}
