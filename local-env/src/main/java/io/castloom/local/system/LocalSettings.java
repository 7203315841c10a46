package io.castloom.local.system;

import io.castloom.assembler.Assembler;
import io.castloom.autoscaler.AutoscalerSettings;
import io.castloom.ingest.IngestSettings;
import io.castloom.service.process.Role;
import io.castloom.service.process.Service;
import io.castloom.service.process.ServiceArguments;
import io.castloom.service.settings.SettingsException;
import io.castloom.service.settings.Suggestion;
import io.castloom.worker.WorkerMain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The settings that are given for all processes of this machine at once, each brought to those that
 * read it.
 */
final class LocalSettings {

  private final LocalSystem.Options options;

  LocalSettings(LocalSystem.Options options) {
    this.options = options;
  }

  /** Those of one process. */
  Map<String, String> of(Role process) {
    Map<String, String> own = new HashMap<>();
    options
        .settings()
        .forEach(
            (key, value) -> {
              if (SettingOwner.find(key).contains(process.name())) {
                own.put(key, value);
              }
            });
    own.put("admin.port", "0");
    return own;
  }

  /** Ingest's, with its doors where they are wanted on this machine. */
  Map<String, String> doors() {
    Map<String, String> doors = of(Role.INGEST);
    doors.put("http.port", Integer.toString(options.httpPort()));
    doors.put("ftp.port", Integer.toString(options.ftpPort()));
    doors.put("ftp.passivePorts", "0");
    doors.put("intake.spool", options.data().toAbsolutePath().resolve("spool").toString());
    return doors;
  }

  /** The autoscaler's, on ground that asks for some. */
  Map<String, String> scaling(Map<String, String> ofTheGround) {
    return LocalScaling.settings(of(Role.AUTOSCALER), options.fleet().maxInstances(), ofTheGround);
  }

  /**
   * Refuses what no process reads and what one would not start with. Before anything is started: a
   * worker is only launched when messages wait, and would then say it to nobody.
   *
   * @throws SettingsException with a line for each
   */
  void check() {
    Set<String> known = new TreeSet<>();
    List<String> problems = new ArrayList<>();
    for (Role process : List.of(Role.INGEST, Role.WORKER, Role.ASSEMBLER, Role.AUTOSCALER)) {
      try {
        known.addAll(check(process));
      } catch (SettingsException e) {
        String.valueOf(e.getMessage()).lines().forEach(problems::add);
      }
    }
    for (String key : options.settings().keySet()) {
      try {
        var _ = SettingOwner.of(key);
      } catch (IllegalArgumentException e) {
        String meant =
            Suggestion.near(key, known).map(near -> "; did you mean " + near + "?").orElse("");
        problems.add(e.getMessage() + meant);
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private Set<String> check(Role process) {
    Function<Map<String, String>, ServiceArguments> with =
        flags -> new ServiceArguments(flags, Map.of(), false);
    return switch (process.name()) {
      case "ingest" -> Service.check(process, with.apply(doors()), IngestSettings::from);
      case "worker" -> WorkerMain.check(with.apply(of(process)));
      case "assembler" -> Assembler.check(with.apply(of(process)));
      default -> Service.check(process, with.apply(scaling(Map.of())), AutoscalerSettings::from);
    };
  }
}
