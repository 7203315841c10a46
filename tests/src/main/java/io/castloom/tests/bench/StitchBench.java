package io.castloom.tests.bench;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.PieceReader;
import io.castloom.domain.arrangement.LaidSegment;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.splice.Part;
import io.castloom.domain.splice.SplicePlan;
import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import io.castloom.local.bench.Measure.Goal;
import io.castloom.service.stitch.PieceLibrary;
import io.castloom.service.stitch.Stitched;
import io.castloom.tests.splice.DraftEpisode;
import io.castloom.tests.splice.PieceShelf;
import io.castloom.tests.splice.SameSamples;
import io.castloom.tests.splice.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An hour's episode with intro, pre, mid, post and outro: planned, and made inside the embedded
 * store or written to a file, against ffmpeg's copying concat of the same pieces on the disk and
 * against an encode.
 */
public final class StitchBench implements Benchmark {

  private static final int SECONDS = 60 * Integer.getInteger("bench.minutes", 60);
  private static final int ROUNDS = 9;
  private static final int ENCODED_SHARE = 10;
  private static final double MOST_OF_CONCAT = 0.10;
  private static final double MOST_SHARE_WITH_MID = 0.19;
  private static final double MOST_SHARE_WITHOUT_MID = 0.10;

  @Override
  public String name() {
    return "stitch";
  }

  @Override
  public String about() {
    return "a 60-minute episode with pre, mid and post, against ffmpeg's concat and an encode";
  }

  @Override
  public Duration length() {
    return Duration.ofMinutes(4);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws IOException, InterruptedException {
    List<Measure> measures = new ArrayList<>();
    try (BenchHouse house = new BenchHouse()) {
      for (String format : List.of("mp3-128", "aac-128")) {
        Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get(format));
        measures.addAll(new Run(house, profile, say).measures());
      }
    }
    return measures;
  }

  /** One format. */
  private static final class Run {
    private final Profile profile;
    private final Consumer<String> say;
    private final Path folder;
    private final Tools tools = new Tools();
    private final PieceShelf shelf;
    private final StoreTime storeTime = new StoreTime();
    private final List<Measure> measures = new ArrayList<>();

    Run(BenchHouse house, Profile profile, Consumer<String> say)
        throws IOException, InterruptedException {
      this.profile = profile;
      this.say = say;
      this.folder = Files.createDirectory(house.folder().resolve(profile.name()));
      this.shelf =
          new PieceShelf(
              new TimedStore(house.cloud().privateStore(), storeTime),
              new TimedStore(house.cloud().publicStore(), storeTime));
    }

    List<Measure> measures() throws IOException, InterruptedException {
      say.accept(profile.name() + ": encoding pieces, which are kept for the next time");
      DraftEpisode full = new HourOfSound(tools, shelf, profile).episode(SECONDS);
      DraftEpisode noMid =
          new DraftEpisode(
              profile,
              full.intro(),
              full.pre(),
              full.body(),
              new TreeMap<>(),
              full.post(),
              full.outro(),
              List.of());

      say.accept(profile.name() + ": assembling");
      Stitched.File file = shelf.plan(full);
      Cost store =
          Cost.best(
              ROUNDS,
              round -> {
                Stitched.File planned = shelf.plan(full);
                shelf.publish(key(round), full, planned);
              },
              Cost.Whose.OURS);
      double inStore = storeTime.seconds();
      long begin = System.nanoTime();
      shelf.publish(key(ROUNDS), full, shelf.plan(full));
      double storesShare = (storeTime.seconds() - inStore) * 1e9 / (System.nanoTime() - begin);
      Cost plan = Cost.best(ROUNDS, _ -> shelf.plan(full), Cost.Whose.OURS);
      PieceLibrary night = shelf.library();
      shelf.stitch(full, night);
      Cost known = Cost.best(ROUNDS, _ -> shelf.stitch(full, night), Cost.Whose.OURS);
      Map<String, ByteSource> open = new HashMap<>();
      for (Map.Entry<String, Path> piece : shelf.filesByKey().entrySet()) {
        open.put(piece.getKey(), FileSource.open(piece.getValue()));
      }
      Path local = folder.resolve("local." + profile.codec().extension());
      Cost disk =
          Cost.best(
              ROUNDS,
              _ -> shelf.plan(full).bytes().writeTo(local, PieceReader.of(open)),
              Cost.Whose.OURS);

      say.accept(profile.name() + ": ffmpeg");
      Path list = list(file);
      Cost concat =
          Cost.best(ROUNDS, _ -> ffmpeg(list, "-c", "copy", "concat"), Cost.Whose.CHILDREN);
      Cost encode = Cost.once(_ -> encode(list), Cost.Whose.CHILDREN).times(ENCODED_SHARE);

      say.accept(profile.name() + ": comparing every sample with the pieces'");
      Path made = shelf.fetch(key(0), folder.resolve("made." + profile.codec().extension()));
      SameSamples.Found found =
          new SameSamples(tools, profile.channels()).compare(made, file.timeline(), shelf::file);

      against("planned, wall, of concat", plan.wall(), concat.wall(), MOST_OF_CONCAT);
      against("planned, cpu, of concat", plan.cpu(), concat.cpu(), MOST_OF_CONCAT);
      against("planned again from what is known, cpu, of concat", known.cpu(), concat.cpu(), null);
      // concat's copy ends on the disk, and so does this one
      against(
          "planned and written to disk, wall, of concat",
          disk.wall(),
          concat.wall(),
          MOST_OF_CONCAT);
      against(
          "planned and written to disk, cpu, of concat", disk.cpu(), concat.cpu(), MOST_OF_CONCAT);
      // S3 copies on its own machines; the embedded store copies on this one, through HTTP calls
      // and onto this disk, so that its work is in this wall time. The goal stands all the same.
      against(
          "made in the embedded store (which copies on this machine), wall, of concat",
          store.wall(),
          concat.wall(),
          MOST_OF_CONCAT);
      plain("of that wall in calls to the store", storesShare, "", null);
      against(
          "the same outside of those calls, wall, of concat",
          store.wall() * (1 - storesShare),
          concat.wall(),
          MOST_OF_CONCAT);
      against("the same, the assembler's own cpu", store.cpu(), concat.cpu(), MOST_OF_CONCAT);
      against("made in the embedded store, wall, of an encode", store.wall(), encode.wall(), 0.05);
      against("the same, the assembler's own cpu", store.cpu(), encode.cpu(), 0.01);
      plain("share through the assembler", file.parts().share(), "", MOST_SHARE_WITH_MID);
      SplicePlan without = shelf.plan(noMid).parts();
      plain("the same without a mid", without.share(), "", MOST_SHARE_WITHOUT_MID);
      plain("parts that the store copies", (double) copied(file.parts()), "", null);
      plain("megabytes", file.parts().bytes() / 1e6, "MB", null);
      plain("greatest difference to the pieces' samples", found.greatest(), "", 0.0);
      measures.add(
          Measure.plain(
              "stitch",
              named("share of samples compared"),
              found.compared() / (double) found.samples(),
              "",
              Goal.atLeast(0.99)));
      plain(
          "samples off the planned length",
          (double) Math.abs(found.samples() - file.timeline().samples()),
          "",
          // ffmpeg plays the padding in the last unit of every M4A, its own ones too
          profile.codec() == Codec.AAC ? 1_023.0 : 0.0);
      return measures;
    }

    private String key(int round) {
      return "media/talk/one/" + profile.name() + "-" + round;
    }

    private String named(String measure) {
      return profile.name() + " " + measure;
    }

    private void against(String measure, double ours, double theirs, @Nullable Double atMost) {
      measures.add(
          Measure.ratio(
              "stitch",
              named(measure),
              ours,
              "s",
              theirs,
              atMost == null ? null : Goal.atMost(atMost)));
    }

    private void plain(String measure, double value, String unit, @Nullable Double atMost) {
      measures.add(
          Measure.plain(
              "stitch", named(measure), value, unit, atMost == null ? null : Goal.atMost(atMost)));
    }

    private static long copied(SplicePlan plan) {
      return plan instanceof SplicePlan.Multipart(List<Part> parts)
          ? parts.stream().filter(Part.Copied.class::isInstance).count()
          : 0;
    }

    /** The pieces as ffmpeg's concat demuxer wants them, cut at the same times. */
    private Path list(Stitched.File file) throws IOException {
      StringBuilder text = new StringBuilder("ffconcat version 1.0\n");
      for (LaidSegment laid : file.timeline().segments()) {
        Segment segment = laid.segment();
        text.append("file '").append(shelf.file(segment.original())).append("'\n");
        if (!segment.fromStart()) {
          text.append("inpoint ").append(seconds(segment.from())).append('\n');
        }
        Duration to = segment.to();
        if (to != null) {
          text.append("outpoint ").append(seconds(to)).append('\n');
        }
      }
      return Files.writeString(folder.resolve("list.ffconcat"), text);
    }

    private static String seconds(Duration time) {
      return String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9);
    }

    private void ffmpeg(Path list, String... arguments) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(tools.ffmpegCommand());
      command.remove("-xerror"); // it complains of the frames that it cuts apart
      command.addAll(List.of("-f", "concat", "-safe", "0", "-i", list.toString()));
      command.addAll(List.of(arguments).subList(0, arguments.length - 1));
      command.add(
          folder
              .resolve(arguments[arguments.length - 1] + "." + profile.codec().extension())
              .toString());
      Tools.run(command);
    }

    /** A tenth of it. */
    private void encode(Path list) throws IOException, InterruptedException {
      String seconds = Integer.toString(SECONDS / ENCODED_SHARE);
      String encoder = profile.codec() == Codec.MP3 ? "libmp3lame" : "aac";
      ffmpeg(list, "-t", seconds, "-c:a", encoder, "-b:a", "128k", "encoded");
    }
  }
}
