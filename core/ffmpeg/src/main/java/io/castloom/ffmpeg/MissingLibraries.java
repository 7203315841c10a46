package io.castloom.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The line to type on a machine where no ffmpeg runs. */
final class MissingLibraries {

  private static final String LIST = "ffmpeg-libraries.tsv";

  private MissingLibraries() {}

  static String line() {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")) {
      return "brew install ffmpeg";
    }
    if (Files.isExecutable(Path.of("/usr/bin/dnf"))) {
      return "sudo dnf install -y " + packages(2);
    }
    if (Files.isExecutable(Path.of("/usr/bin/pacman"))) {
      return "sudo pacman -S --noconfirm --needed " + packages(3);
    }
    if (Files.isExecutable(Path.of("/usr/bin/zypper"))) {
      return "sudo zypper --non-interactive install " + packages(4);
    }
    return "sudo apt-get install -y --no-install-recommends " + packages(1);
  }

  private static String packages(int column) {
    Set<String> names = new LinkedHashSet<>();
    try (InputStream in = MissingLibraries.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException(LIST + " is missing from the jar");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(line -> names.add(line.split("\t")[column].split("\\|")[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.join(" ", names);
  }
}
