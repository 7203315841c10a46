package io.castloom.service.cloud;

import io.castloom.aws.ec2.Ec2FleetSettings;
import io.castloom.domain.job.TaskKind;
import io.castloom.service.settings.SettingsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Launch templates as settings write them: {@code name version type,type; ...}. */
final class Templates {

  private Templates() {}

  static Map<TaskKind, List<Ec2FleetSettings.Template>> parse(Map<String, String> byKind) {
    Map<TaskKind, List<Ec2FleetSettings.Template>> all = new EnumMap<>(TaskKind.class);
    for (TaskKind kind : TaskKind.values()) {
      List<Ec2FleetSettings.Template> templates = new ArrayList<>();
      for (String one : byKind.getOrDefault(kind.slug(), "").split(";", -1)) {
        if (!one.isBlank()) {
          templates.add(template(kind, one.strip()));
        }
      }
      all.put(kind, templates);
    }
    return all;
  }

  private static Ec2FleetSettings.Template template(TaskKind kind, String text) {
    String[] parts = text.split("\\s+", -1);
    try {
      if (parts.length == 3) {
        return new Ec2FleetSettings.Template(parts[0], parts[1], List.of(parts[2].split(",", -1)));
      }
    } catch (IllegalArgumentException e) {
      throw new SettingsException(List.of(kind.slug() + " template: " + e.getMessage()));
    }
    throw new SettingsException(
        List.of(kind.slug() + " template \"" + text + "\" is not written: name version type,type"));
  }
}
