package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Profile;
import io.castloom.domain.show.Chapter;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.stitch.Stitched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A body, an ad and a sting in one format, stored as workers store them, and episodes of them. */
final class Studio {
  private final Path folder;
  private final ObjectStore store;
  private final PieceShelf shelf;
  private final Tools tools = new Tools();
  private final Profile profile;
  private final double seconds;
  private String body = "";
  private String ad = "";
  private String sting = "";

  private Studio(
      Path folder, ObjectStore store, ObjectStore published, Profile profile, double seconds)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.store = store;
    this.shelf = new PieceShelf(store, published);
    this.profile = profile;
    this.seconds = seconds;
  }

  /**
   * With pieces as the encoder makes them.
   *
   * @param store the private bucket, new
   * @param published the public one
   * @param seconds of the body, and an eighth of a second more
   */
  static Studio of(
      Path folder, ObjectStore store, ObjectStore published, Profile profile, int seconds)
      throws IOException, InterruptedException {
    Studio studio = new Studio(folder, store, published, profile, seconds + 0.123);
    studio.record(List.of(), List.of(), List.of());
    return studio;
  }

  /** With Opus packets of these lengths in body, ad and sting, in milliseconds. */
  Studio withPackets(List<Integer> millis) throws IOException, InterruptedException {
    List<List<String>> coding = new ArrayList<>();
    for (int length : millis) {
      coding.add(List.of("-frame_duration", Integer.toString(length)));
    }
    record(coding.get(0), coding.get(1), coding.get(2));
    return this;
  }

  private void record(List<String> ofBody, List<String> ofAd, List<String> ofSting)
      throws IOException, InterruptedException {
    body = shelve(Segment.Kind.BODY, seconds, 1, ofBody);
    ad = shelve(Segment.Kind.AD, 7.3, 2, ofAd);
    sting = shelve(Segment.Kind.INTRO, 2.9, 3, ofSting);
  }

  ObjectStore store() {
    return store;
  }

  PieceShelf shelf() {
    return shelf;
  }

  Tools tools() {
    return tools;
  }

  Profile profile() {
    return profile;
  }

  String ad() {
    return ad;
  }

  String sting() {
    return sting;
  }

  DraftEpisode draft(
      @Nullable String intro,
      @Nullable String pre,
      SortedMap<Duration, String> mids,
      @Nullable String post,
      @Nullable String outro) {
    return new DraftEpisode(profile, intro, pre, body, mids, post, outro, List.of());
  }

  /** One to three mids at any time, with or without the rest, and chapters anywhere. */
  DraftEpisode random(Random random) {
    TreeMap<Duration, String> mids = new TreeMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      mids.put(time(random), ad);
    }
    return new DraftEpisode(
        profile,
        random.nextBoolean() ? sting : null,
        random.nextBoolean() ? ad : null,
        body,
        mids,
        random.nextBoolean() ? ad : null,
        random.nextBoolean() ? sting : null,
        chapters(random, mids));
  }

  /** From the body's start, at times close to the cue points, and anywhere. */
  private List<Chapter> chapters(Random random, SortedMap<Duration, String> mids) {
    TreeMap<Duration, Chapter> chapters = new TreeMap<>();
    List<Duration> times = new ArrayList<>(List.of(Duration.ZERO, time(random), time(random)));
    for (Duration cue : mids.keySet()) {
      times.add(cue.plusNanos(random.nextLong(-20_000_000, 20_000_000)));
    }
    for (Duration at : times) {
      String title = "Chapter at " + at;
      chapters.put(at, new Chapter(at, null, title, null, null, false));
    }
    return List.copyOf(chapters.values());
  }

  private Duration time(Random random) {
    return Duration.ofNanos(random.nextLong(1_000_000_000L, (long) ((seconds - 1.1) * 1e9)));
  }

  private String shelve(Segment.Kind kind, double length, int number, List<String> coding)
      throws IOException, InterruptedException {
    Path file =
        Files.createTempFile(folder, profile.name(), number + "." + profile.codec().extension());
    List<String> command =
        tools.ffmpegCommand(
            "-f",
            "lavfi",
            "-i",
            ("aevalsrc='0.3*sin(2*PI*%d*t)*gt(sin(2*PI*3*t),-0.5)':s=44100[a];"
                    + "anoisesrc=r=44100:color=pink:a=0.3:seed=%d[b];[a][b]amerge=inputs=2")
                .formatted(200 * number, number),
            "-t",
            Double.toString(length),
            "-ac",
            Integer.toString(profile.channels()),
            "-ar",
            Integer.toString(profile.sampleRate()));
    command.addAll(
        switch (profile.rate()) {
          case Profile.Rate.Bitrate(int kbps) -> List.of("-b:a", kbps + "k");
          case Profile.Rate.Quality(int level) -> List.of("-q:a", Integer.toString(level));
          case Profile.Rate.Lossless _ -> List.<String>of();
        });
    // Its noise substitution makes up other noise each time, so a decoder would differ from
    // itself.
    command.addAll(
        switch (profile.codec()) {
          case AAC -> List.of("-c:a", "aac", "-aac_pns", "0");
          case MP3 -> List.of("-c:a", "libmp3lame", "-compression_level", "9");
          case OPUS -> List.of("-c:a", "libopus");
          case FLAC -> List.of("-c:a", "flac", "-sample_fmt", "s16");
          case WAV -> throw new IllegalArgumentException("no episodes are made of WAV");
        });
    command.addAll(coding);
    command.add(file.toString());
    Tools.run(command);
    return shelf.shelve(file, kind, profile);
  }

  /** Publishes an episode and has it judged. */
  Stitched.File check(DraftEpisode draft, String name) throws IOException, InterruptedException {
    Stitched.File planned = shelf.plan(draft);
    String key = "media/talk/" + name;
    shelf.publish(key, draft, planned);
    Path file =
        shelf.fetch(key, folder.resolve("made-" + name + "." + profile.codec().extension()));
    assertThat(Files.size(file)).isEqualTo(planned.bytes().length());
    new Judges(tools, shelf, draft).check(file, planned.timeline());
    Files.delete(file);
    return planned;
  }
}
