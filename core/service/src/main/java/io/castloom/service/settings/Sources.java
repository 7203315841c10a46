package io.castloom.service.settings;

import io.castloom.service.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Where settings come from, the strongest first: flags, environment, the bucket's file. */
final class Sources {

  private static final String PREFIX = "CASTLOOM_";

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final Map<String, String> file = new LinkedHashMap<>();
  private String fileName = "";

  Sources(Map<String, String> flags, Map<String, String> environment) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
  }

  static String environmentName(String key) {
    return PREFIX
        + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("[.-]", "_")
            .toUpperCase(Locale.ROOT);
  }

  void addFile(String name, String json) throws IOException {
    JsonNode tree = Json.read(json, JsonNode.class);
    if (!tree.isObject()) {
      throw new IOException(name + " is no JSON object");
    }
    fileName = name;
    flatten("", tree);
  }

  private void flatten(String prefix, JsonNode node) {
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      String key = prefix + property.getKey();
      JsonNode value = property.getValue();
      if (value.isObject()) {
        flatten(key + ".", value);
      } else if (value.isArray()) {
        file.put(key, value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")));
      } else if (!key.equals("documentVersion")) {
        file.put(key, value.asString());
      }
    }
  }

  SettingsReader.Value find(String key, String otherwise, String about) {
    String name = environmentName(key);
    if (flags.containsKey(key)) {
      return new SettingsReader.Value(key, flags.getOrDefault(key, ""), "flag", about);
    }
    if (environment.containsKey(name)) {
      return new SettingsReader.Value(
          key, environment.getOrDefault(name, ""), "environment", about);
    }
    if (file.containsKey(key)) {
      return new SettingsReader.Value(key, file.getOrDefault(key, ""), fileName, about);
    }
    return new SettingsReader.Value(key, otherwise, "default", about);
  }

  /** What was given and is not among the known keys, each as a line. */
  List<String> unknown(Set<String> known) {
    List<String> lines = new ArrayList<>();
    for (String key : flags.keySet()) {
      if (!known.contains(key)) {
        lines.add(unknown("setting " + key, key, known));
      }
    }
    for (String key : file.keySet()) {
      if (!known.contains(key)) {
        lines.add(unknown("setting " + key + " in " + fileName, key, known));
      }
    }
    lines.addAll(unknownInEnvironment(known));
    return lines;
  }

  /** Variables of other processes' sections are theirs; those of ours must be known. */
  private List<String> unknownInEnvironment(Set<String> known) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> sections = new LinkedHashSet<>();
    for (String key : known) {
      names.add(environmentName(key));
      if (key.contains(".")) {
        sections.add(environmentName(key.substring(0, key.indexOf('.'))) + "_");
      }
    }
    return environment.keySet().stream()
        .filter(name -> !names.contains(name))
        .filter(name -> sections.stream().anyMatch(name::startsWith))
        .sorted()
        .map(name -> unknown("variable " + name, name, names))
        .toList();
  }

  private static String unknown(String what, String word, Set<String> known) {
    return "unknown "
        + what
        + Suggestion.near(word, known).map(near -> ": did you mean " + near + "?").orElse("");
  }
}
