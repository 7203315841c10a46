package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.media.Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What sounds after a jump is what sounds there in a run from the start. */
final class Seeking {

  /** Behind a jump a decoder needs some frames until it does not depend on what it skipped. */
  private static final double SETTLES_SECONDS = 0.2;

  private static final double HEARD_SECONDS = 0.5;

  private final Tools tools;
  private final Profile profile;
  private final double tolerance;

  /**
   * @param tolerance how far a jump may differ from a run, of full scale 1
   */
  Seeking(Tools tools, Profile profile, double tolerance) {
    this.tools = tools;
    this.profile = profile;
    this.tolerance = tolerance;
  }

  /** Jumps into the middle of each segment. */
  void check(Path file, Timeline timeline) throws IOException, InterruptedException {
    for (LaidSegment segment : timeline.segments()) {
      double middle = (timeline.start(segment).toNanos() + timeline.end(segment).toNanos()) / 2e9;
      double second = Math.floor(middle * 10) / 10;
      float[] jumped = heard(List.of("-ss", time(second)), file, SETTLES_SECONDS);
      float[] run = heard(List.of(), file, second + SETTLES_SECONDS);
      assertThat(jumped).as("a jump to %s s of %s", second, file.getFileName()).hasSameSizeAs(run);
      float greatest = 0;
      for (int i = 0; i < run.length; i++) {
        greatest = Math.max(greatest, Math.abs(jumped[i] - run[i]));
      }
      assertThat((double) greatest)
          .as("a jump to %s s of %s", second, file.getFileName())
          .isLessThanOrEqualTo(tolerance);
    }
  }

  private float[] heard(List<String> seek, Path file, double skip)
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
    float[] samples = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
