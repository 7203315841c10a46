package io.castloom.service.process;

import ch.qos.logback.classic.Level;
import io.castloom.service.settings.SettingsReader;
import io.castloom.service.telemetry.Logging;
import java.util.Locale;

/** Settings that every process has beside those of the cloud. */
record CommonSettings(String adminBind, int adminPort, Logging.Format logFormat, Level logLevel) {

  static CommonSettings from(SettingsReader reader, Role role) {
    return new CommonSettings(
        reader.text("admin.bind", "127.0.0.1", "address of /healthz, /readyz and /metrics"),
        reader.integer("admin.port", role.adminPort(), 0, 65_535, "their port; 0 for a free one"),
        reader.choice("log.format", Logging.Format.TEXT, "lines for people, or JSON"),
        reader.custom(
            "log.level",
            "info",
            "trace, debug, info, warn or error",
            text -> {
              Level level = Level.toLevel(text.toUpperCase(Locale.ROOT), null);
              if (level == null) {
                throw new IllegalArgumentException("it is one of trace, debug, info, warn, error");
              }
              return level;
            }));
  }
}
