package io.castloom.service.process;

import io.castloom.service.settings.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process was called.
 *
 * @param flags settings by key
 * @param environment the variables it sees
 * @param checkConfig whether it prints its settings and stops
 */
public record ServiceArguments(
    Map<String, String> flags, Map<String, String> environment, boolean checkConfig) {

  public ServiceArguments {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads {@code --check-config}, {@code --set key=value} and {@code --key=value}.
   *
   * @throws SettingsException something else was given
   */
  public static ServiceArguments parse(List<String> args, Map<String, String> environment) {
    Map<String, String> flags = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    boolean check = false;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--check-config")) {
        check = true;
        continue;
      }
      String pair = arg.startsWith("--") ? arg.substring(2) : "";
      if (arg.equals("--set") && i + 1 < args.size()) {
        i++;
        pair = args.get(i);
      }
      int equals = pair.indexOf('=');
      if (equals > 0) {
        flags.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else {
        problems.add("\"" + arg + "\" is not understood: --check-config, or --set key=value");
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new ServiceArguments(flags, environment, check);
  }
}
