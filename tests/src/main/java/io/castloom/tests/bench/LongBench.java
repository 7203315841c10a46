package io.castloom.tests.bench;

import io.castloom.domain.job.Product;
import io.castloom.domain.media.MediaTools.EncodeOutcome;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.local.bench.Benchmark;
import io.castloom.local.bench.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** One long recording on two worker processes, against one pass of the same encoder. */
public final class LongBench implements Benchmark {

  private static final Duration SOUND = Duration.ofMinutes(Integer.getInteger("bench.minutes", 60));
  private static final int WORKERS = 2;
  private static final double LEAST_SPEEDUP = 1.80;
  private static final double MOST_CPU = 1.08;

  @Override
  public String name() {
    return "long";
  }

  @Override
  public String about() {
    return "a 60-minute WAV to mp3-128 on 2 worker processes, against one single ffmpeg pass";
  }

  @Override
  public Duration length() {
    return Duration.ofMinutes(3);
  }

  @Override
  public List<Measure> run(Consumer<String> say) throws IOException, InterruptedException {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get("mp3-128"));
    try (BenchHouse house = new BenchHouse()) {
      say.accept("making a recording of " + SOUND.toMinutes() + " minutes");
      BenchSound sound = new BenchSound(house.folder());
      Path wav = sound.make(house.folder().resolve("long.wav"), SOUND.toMillis() / 1e3, 0);
      Original original = house.store(wav);

      say.accept("one pass");
      Path single = house.folder().resolve("single.mp3");
      double cpuBefore = Cpu.known() ? Cpu.ofChildren() : 0;
      long begin = System.nanoTime();
      EncodeOutcome outcome =
          house
              .tools()
              .encode(new EncodeRequest(wav, original.media(), profile, 0, single), seconds -> {});
      double onePass = (System.nanoTime() - begin) / 1e9;
      double onePassCpu = (Cpu.known() ? Cpu.ofChildren() : 0) - cpuBefore;
      if (!(outcome instanceof EncodeOutcome.Encoded)) {
        throw new IOException("the single pass failed: " + outcome);
      }

      say.accept(WORKERS + " workers");
      house.startWorkers(WORKERS);
      double aloneBefore = Cpu.known() ? Cpu.alone(house.workerPids()) : 0;
      double workersBefore = Cpu.known() ? Cpu.of(house.workerPids()) : 0;
      List<Long> here = List.of(ProcessHandle.current().pid());
      double cloudBefore = Cpu.known() ? Cpu.alone(here) : 0;
      double machineBefore = Cpu.known() ? Cpu.ofMachine() : 0;
      begin = System.nanoTime();
      List<Product> products = house.await(house.submit(original, profile), profile);
      double ours = (System.nanoTime() - begin) / 1e9;
      double alone = (Cpu.known() ? Cpu.alone(house.workerPids()) : 0) - aloneBefore;
      double oursCpu = (Cpu.known() ? Cpu.of(house.workerPids()) : 0) - workersBefore;

      double cloud = (Cpu.known() ? Cpu.alone(here) : 0) - cloudBefore;
      double machine = (Cpu.known() ? Cpu.ofMachine() : 0) - machineBefore;

      say.accept("comparing the samples");
      Product rendition =
          products.stream()
              .filter(product -> product.name().equals(profile.name()))
              .findFirst()
              .orElseThrow(() -> new IOException("no rendition among " + products));
      Path joined = house.fetch(rendition.key(), house.folder().resolve("joined.mp3"));
      boolean identical = sound.samples(joined).equals(sound.samples(single));

      List<Measure> measures = new ArrayList<>();
      measures.add(
          Measure.ratio(name(), "wall time of one pass over ours", onePass, "s", ours, atLeast()));
      if (Cpu.known()) {
        measures.add(
            Measure.ratio(
                name(),
                "processor time of the workers",
                oursCpu,
                "s",
                onePassCpu,
                Measure.Goal.atMost(MOST_CPU)));
        measures.add(Measure.plain(name(), "of it in the workers' own code", alone, "s", null));
        measures.add(Measure.plain(name(), "beside it in the embedded cloud", cloud, "s", null));
        // What a busy machine takes is no fault of ours: a reading with much of it says little.
        double others = Math.max(0, machine - oursCpu - cloud);
        measures.add(Measure.plain(name(), "beside it in other processes", others, "s", null));
      }
      measures.add(
          Measure.plain(
              name(),
              "decoded samples identical (1 = yes)",
              identical ? 1 : 0,
              "",
              Measure.Goal.atLeast(1)));
      measures.add(
          Measure.plain(
              name(),
              "segments that were joined",
              Double.parseDouble(rendition.facts().getOrDefault("segments", "1")),
              "",
              null));
      return measures;
    }
  }

  private static Measure.Goal atLeast() {
    return Measure.Goal.atLeast(LEAST_SPEEDUP);
  }
}
