package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.castloom.domain.arrangement.TimeShift;
import io.castloom.domain.arrangement.TimeShift.MovedChapter;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.show.Chapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** ffprobe sees each chapter at the time at which what it begins with in the body is heard. */
final class ChapterSound {

  /** Behind a cut a decoder needs as long until it does not depend on what it skipped. */
  private static final double SETTLES_SECONDS = 0.2;

  private static final double HEARD_SECONDS = 0.2;

  /** ID3 and Vorbis comments count milliseconds. */
  private static final double CLOCK_SECONDS = 0.001;

  private final Tools tools;
  private final int channels;
  private final double tolerance;

  /**
   * @param tolerance how far the episode may differ from the body, of full scale 1
   */
  ChapterSound(Tools tools, int channels, double tolerance) {
    this.tools = tools;
    this.channels = channels;
    this.tolerance = tolerance;
  }

  void check(Path file, Timeline timeline, List<Chapter> chapters, Path body)
      throws IOException, InterruptedException {
    List<MovedChapter> moved = timeline.shift().chapters(chapters);
    List<Double> seen = starts(file);
    assertThat(seen).as("chapters of %s", file.getFileName()).hasSameSizeAs(moved);
    if (moved.isEmpty()) {
      return;
    }
    float[] episode = samples(file);
    float[] recording = samples(body);
    for (int i = 0; i < moved.size(); i++) {
      MovedChapter chapter = moved.get(i);
      assertThat(seen.get(i)).isCloseTo(chapter.start().toNanos() / 1e9, offset(CLOCK_SECONDS));
      assertThat(timeline.shift().place(chapter.start()))
          .as("what %s begins with", chapter)
          .isInstanceOf(TimeShift.Place.InBody.class);
      if (sounds(timeline, chapter)) {
        assertSame(timeline.sampleRate(), chapter, episode, recording);
      }
    }
  }

  /** Whether it can be compared: it begins at its own time, and nothing is cut soon behind it. */
  private static boolean sounds(Timeline timeline, MovedChapter chapter) {
    Duration start = chapter.start();
    Duration end = start.plusNanos((long) ((SETTLES_SECONDS + HEARD_SECONDS) * 1e9));
    boolean whole =
        timeline.segments().stream().noneMatch(laid -> isInside(timeline.start(laid), start, end))
            && end.compareTo(timeline.length()) < 0;
    return whole
        && timeline.shift().place(start) instanceof TimeShift.Place.InBody(Duration time)
        && time.minus(chapter.chapter().at()).abs().toNanos() * timeline.sampleRate() < 1e9;
  }

  private static boolean isInside(Duration cut, Duration start, Duration end) {
    return cut.compareTo(start) > 0 && cut.compareTo(end) < 0;
  }

  private void assertSame(int rate, MovedChapter chapter, float[] episode, float[] recording) {
    int settles = (int) (SETTLES_SECONDS * rate);
    int ours = (int) Math.round(chapter.start().toNanos() * rate / 1e9) + settles;
    int theirs = (int) Math.round(chapter.chapter().at().toNanos() * rate / 1e9) + settles;
    int heard = (int) (HEARD_SECONDS * rate);
    double greatest = 0;
    for (int i = 0; i < heard * channels; i++) {
      float difference = episode[ours * channels + i] - recording[theirs * channels + i];
      greatest = Math.max(greatest, Math.abs(difference));
    }
    assertThat(greatest).as("the sound of %s", chapter).isLessThanOrEqualTo(tolerance);
  }

  private List<Double> starts(Path file) throws IOException, InterruptedException {
    String text =
        tools.ffprobe("-show_entries", "chapter=start_time", "-of", "csv=p=0", file.toString());
    List<Double> starts = new ArrayList<>();
    text.lines()
        .map(line -> line.replace(",", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(line -> starts.add(Double.parseDouble(line)));
    return starts;
  }

  private float[] samples(Path file) throws IOException, InterruptedException {
    Path raw = Files.createTempFile("heard", ".f32");
    tools.ffmpeg("-i", file.toString(), "-map", "0:a", "-f", "f32le", raw.toString());
    byte[] bytes = Files.readAllBytes(raw);
    Files.delete(raw);
    float[] samples = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }
}
