package io.castloom.domain.job;

import io.castloom.domain.job.JobFlow.Plan;
import io.castloom.domain.job.TaskSpec.Part;
import io.castloom.domain.job.TaskSpec.Sound;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.SourceMedia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a job into tasks in stages:
 *
 * <pre>
 * unpack        only for a long original that cannot be cut at exact samples
 * measure-000…  only for a long original whose loudness is wanted; else analyse does all
 * analyse       before the renditions when one is to have a certain loudness, else after them, or
 *               beside the only one, whose record then tells the job's end alone
 * encode-P      a short original, or a codec that one pass has to write
 * segment-P-000… and join-P   a long original to MP3
 * </pre>
 */
final class JobStages {

  /** Rates whose common grid with every MPEG rate is a second or two long. */
  private static final Set<Integer> CUT_RATES =
      Set.of(
          8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000,
          176_400, 192_000);

  private final Job job;
  private final Original original;
  private final SourceMedia media;
  private final Map<TaskId, TaskRecord> records;
  private final List<Plan> plans = new ArrayList<>();

  private JobStages(Job job, Map<TaskId, TaskRecord> records) {
    this.job = job;
    this.original = job.original();
    this.media = original.media();
    this.records = records;
  }

  static List<Plan> of(Job job, Map<TaskId, TaskRecord> records) {
    Job.Assembly assembly = job.assembly();
    if (assembly != null) {
      TaskSpec spec = new TaskSpec.Assemble(assembly.show(), assembly.episode(), assembly.night());
      TaskId id = new TaskId(job.id(), "assemble");
      return List.of(new Plan(id, spec, Estimates.ASSEMBLY, Set.of(), true));
    }
    JobStages stages = new JobStages(job, records);
    Conforming how = job.conform();
    if (how != null) {
      stages.conform(how);
      return stages.plans;
    }
    stages.plan();
    return stages.plans;
  }

  private void conform(Conforming how) {
    for (Profile profile : job.profiles()) {
      TaskSpec spec = new TaskSpec.Conform(original, profile, how);
      Duration estimate = Estimates.encode(media, profile);
      add("conform-" + profile.name(), spec, estimate, Set.of(), true);
    }
  }

  private void plan() {
    boolean longOne = media.duration().compareTo(job.policy().segmentAbove()) > 0;
    boolean loudness = job.profiles().stream().anyMatch(p -> p.loudnessLufs() != null);
    boolean cut = longOne && CUT_RATES.contains(media.sampleRate());
    boolean wanted = cut && (loudness || job.profiles().stream().anyMatch(JobStages::joinable));
    Sound sound = null;
    Set<TaskId> unpacked = Set.of();
    if (wanted) {
      sound = media.seekExact() && media.samples() > 0 ? new Sound(original.key(), media) : null;
      if (sound == null) {
        unpacked = Set.of(id("unpack"));
        add("unpack", new TaskSpec.Unpack(original), Estimates.unpack(media), Set.of(), true);
        sound = unpackedSound();
      }
    }
    Set<TaskId> renditions = new HashSet<>();
    Set<TaskId> measured = loudness ? analyse(true, sound, unpacked) : Set.of();
    for (Profile profile : job.profiles()) {
      Set<TaskId> after = profile.loudnessLufs() == null ? Set.of() : measured;
      if (wanted && joinable(profile)) {
        renditions.add(id("join-" + profile.name()));
        segments(profile, sound, union(after, unpacked));
      } else {
        renditions.add(id("encode-" + profile.name()));
        Duration estimate = Estimates.encode(media, profile);
        TaskSpec spec = new TaskSpec.Encode(original, profile);
        add("encode-" + profile.name(), spec, estimate, after, true);
      }
    }
    if (!loudness) {
      Duration estimate = Estimates.measure(media, 1);
      TaskSpec spec = new TaskSpec.Analyse(original, List.of());
      boolean beside = !wanted && renditions.size() == 1;
      add("analyse", spec, estimate, beside ? Set.of() : renditions, false);
    }
  }

  private static boolean joinable(Profile profile) {
    return profile.codec() == Codec.MP3;
  }

  /** Names the tasks that measure; gives what has to be done before a loudness is known. */
  private Set<TaskId> analyse(boolean required, @Nullable Sound sound, Set<TaskId> before) {
    if (sound == null && !before.isEmpty()) {
      return Set.of(id("analyse")); // its parts can be named once the original is unpacked
    }
    List<String> parts = new ArrayList<>();
    Set<TaskId> after = new HashSet<>();
    if (sound != null) {
      int count = parts();
      for (int i = 0; i < count; i++) {
        String name = numbered("measure-", i);
        TaskSpec spec = new TaskSpec.Measure(original, sound, new Part(i, count));
        add(name, spec, Estimates.measure(media, count), before, required);
        after.add(id(name));
        parts.addAll(keys(name));
      }
    }
    TaskSpec spec = new TaskSpec.Analyse(original, parts);
    Duration estimate = sound == null ? Estimates.measure(media, 1) : Estimates.join(media);
    add("analyse", spec, estimate, after, required);
    return Set.of(id("analyse"));
  }

  private void segments(Profile profile, @Nullable Sound sound, Set<TaskId> after) {
    if (sound == null) {
      return; // named once the original is unpacked and its true length known
    }
    int count = parts();
    List<String> stored = new ArrayList<>();
    Set<TaskId> all = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String name = numbered("segment-" + profile.name() + "-", i);
      TaskSpec spec = new TaskSpec.Segment(original, profile, sound, new Part(i, count));
      add(name, spec, Estimates.segment(media, profile, count), after, true);
      all.add(id(name));
      stored.addAll(keys(name));
    }
    TaskSpec join = new TaskSpec.Join(original, profile, sound, stored);
    add("join-" + profile.name(), join, Estimates.join(media), all, true);
  }

  private int parts() {
    double wished = media.duration().toMillis() / (double) job.policy().segmentLength().toMillis();
    return (int) Math.max(1, Math.round(wished));
  }

  /** What the unpack task stored, once it is done. */
  private @Nullable Sound unpackedSound() {
    for (Product product : done("unpack")) {
      SourceMedia flac = product.sound();
      if (flac != null) {
        return new Sound(product.key(), flac);
      }
    }
    return null;
  }

  private List<String> keys(String task) {
    return done(task).stream().map(Product::key).toList();
  }

  private List<Product> done(String task) {
    TaskRecord record = records.get(id(task));
    return record != null && record.state() == TaskState.DONE ? record.products() : List.of();
  }

  private void add(
      String name, TaskSpec spec, Duration estimate, Set<TaskId> after, boolean required) {
    plans.add(new Plan(id(name), spec, estimate, after, required));
  }

  private TaskId id(String name) {
    return new TaskId(job.id(), name);
  }

  private static String numbered(String prefix, int number) {
    return prefix + (number < 100 ? (number < 10 ? "00" : "0") : "") + number;
  }

  private static Set<TaskId> union(Set<TaskId> a, Set<TaskId> b) {
    Set<TaskId> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }
}
