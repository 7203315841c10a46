package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.media.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What sounds after a jump is what sounds there in a run from the start. */
final class Seeking {

  /** Behind a jump a decoder needs some frames until it does not depend on what it skipped. */
  private static final double SETTLES_SECONDS = 0.2;

  private static final double HEARD_SECONDS = 0.5;

  private final Tools tools;
  private final Profile profile;

  Seeking(Tools tools, Profile profile) {
    this.tools = tools;
    this.profile = profile;
  }

  /** Jumps into the middle of each segment. */
  void check(Path file, Timeline timeline) throws IOException, InterruptedException {
    for (LaidSegment segment : timeline.segments()) {
      double middle = (timeline.start(segment).toNanos() + timeline.end(segment).toNanos()) / 2e9;
      double second = Math.floor(middle * 10) / 10;
      byte[] jumped = heard(List.of("-ss", time(second)), file, SETTLES_SECONDS);
      byte[] run = heard(List.of(), file, second + SETTLES_SECONDS);
      assertThat(Arrays.equals(jumped, run))
          .as("a jump to %s s of %s", second, file.getFileName())
          .isTrue();
    }
  }

  private byte[] heard(List<String> seek, Path file, double skip)
      throws IOException, InterruptedException {
    Path raw = Files.createTempFile("heard", ".f32");
    long from = Math.round(skip * profile.sampleRate());
    long to = Math.round((skip + HEARD_SECONDS) * profile.sampleRate());
    String trim = "atrim=start_sample=" + from + ":end_sample=" + to;
    List<String> arguments = new ArrayList<>(seek);
    arguments.addAll(List.of("-i", file.toString(), "-af", trim, "-f", "f32le", raw.toString()));
    tools.ffmpeg(arguments.toArray(String[]::new));
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    assertThat(bytes).isNotEmpty();
    return bytes;
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
