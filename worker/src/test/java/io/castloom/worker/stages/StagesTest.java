package io.castloom.worker.stages;

import static io.castloom.worker.stages.Studio.cutAt;
import static io.castloom.worker.stages.Studio.job;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.media.Analysis;
import io.castloom.domain.media.Codec;
import io.castloom.domain.media.Conforming;
import io.castloom.domain.media.MediaTools.EncodeRequest;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StageTools;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.ffmpeg.Sounds;
import io.castloom.service.json.Json;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from their original to their renditions, stage by stage. */
final class StagesTest {

  private static final Profile MP3 = requireNonNull(StandardProfiles.ALL.get("mp3-128"));
  private static final Profile AAC = requireNonNull(StandardProfiles.ALL.get("aac-128"));

  @TempDir Path folder;

  @Test
  void a_short_recording_is_encoded_in_one_task_and_analysed_beside_it() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(Sounds.talk(folder.resolve("a.wav"), 8, 44_100, 2, 1));
    Map<String, Product> products = studio.finish(job(original, Job.Policy.DEFAULT, MP3));
    assertThat(studio.done).containsExactly("encode-mp3-128", "analyse");
    Product mp3 = requireNonNull(products.get("mp3-128"));
    assertThat(mp3.facts()).containsEntry("samples", Integer.toString(8 * 44_100));
    FrameIndex index =
        FrameIndex.decode(
                Files.readAllBytes(studio.fetch(requireNonNull(mp3.facts().get("index")))))
            .orThrow();
    assertThat(index.soundSamples()).isEqualTo(8 * 44_100);
    Analysis analysis = Json.read(studio.store, Analysis.key(original), Analysis.class);
    assertThat(analysis.seconds()).isCloseTo(8, within(0.001));
    assertThat(Files.readString(studio.fetch(Analysis.waveformKey(original))))
        .startsWith("{\"version\":2,\"channels\":1,\"sample_rate\":8000,\"samples_per_pixel\":80");
    assertThat(javax.imageio.ImageIO.read(studio.fetch(Analysis.pictureKey(original)).toFile()))
        .isNotNull();
  }

  @Test
  void a_long_wav_is_cut_encoded_and_joined_to_the_samples_of_a_single_pass() throws Exception {
    Studio studio = new Studio(folder);
    Path wav = Sounds.talk(folder.resolve("long.wav"), 100, 44_100, 2, 2);
    Original original = studio.upload(wav);
    Product mp3 = requireNonNull(studio.finish(job(original, cutAt(33), MP3)).get("mp3-128"));
    assertThat(studio.done)
        .contains("segment-mp3-128-000", "segment-mp3-128-002", "join-mp3-128")
        .doesNotContain("unpack");
    assertThat(mp3.facts()).containsEntry("segments", "3");
    assertThat(studio.store.list("work/", "", 10).objects())
        .noneMatch(object -> object.key().endsWith(".mp3"));
    assertThat(Sounds.samples(folder, studio.fetch(mp3.key())))
        .isEqualTo(Sounds.samples(folder, singlePass(wav, original, MP3, 0)));
  }

  @Test
  void a_long_compressed_recording_is_unpacked_once_and_brought_to_its_loudness() throws Exception {
    Studio studio = new Studio(folder);
    Path wav = Sounds.talk(folder.resolve("in.wav"), 70, 44_100, 1, 3);
    Path mp2 = Sounds.make(folder, "long.mp2", List.of("-i", wav.toString()), "-c:a", "mp2");
    Original original = studio.upload(mp2);
    Profile loud = MP3.withLoudness(-20);
    Map<String, Product> products =
        studio.finish(job(original, cutAt(30), loud, AAC.withLoudness(-20)));
    assertThat(studio.done)
        .startsWith("unpack")
        .contains("measure-001", "analyse", "segment-mp3-128-001", "join-mp3-128")
        .contains("encode-aac-128")
        .doesNotHaveDuplicates();
    for (Product product : products.values()) {
      if (!product.name().equals("analysis")) {
        Studio judge = new Studio(Files.createDirectories(folder.resolve(product.name())));
        Original rendition = judge.upload(studio.fetch(product.key()));
        Job measure = job(rendition, Job.Policy.DEFAULT, MP3);
        Product analysis = requireNonNull(judge.finish(measure).get("analysis"));
        assertThat(Double.parseDouble(requireNonNull(analysis.facts().get("lufs"))))
            .as(product.name())
            .isCloseTo(-20, within(0.5));
      }
    }
  }

  @Test
  void a_seam_in_a_long_silence_is_encoded_through_and_the_other_segments_stay() throws Exception {
    Studio studio = new Studio(folder);
    Path talk = Sounds.talk(folder.resolve("talk.wav"), 130, 44_100, 1, 5);
    String silence = "volume=0:enable='between(t,38,74)'";
    Path wav = Sounds.make(folder, "long.wav", List.of("-i", talk.toString()), "-af", silence);
    Original original = studio.upload(wav);
    Product mp3 = requireNonNull(studio.finish(job(original, cutAt(33), MP3)).get("mp3-128"));
    assertThat(studio.done).contains("segment-mp3-128-003");
    assertThat(mp3.facts()).containsEntry("segments", "3");
    assertThat(Sounds.samples(folder, studio.fetch(mp3.key())))
        .isEqualTo(Sounds.samples(folder, singlePass(wav, original, MP3, 0)));
  }

  @Test
  void a_variable_bit_rate_without_a_seam_is_joined_from_another_start() throws Exception {
    Studio studio = new Studio(folder);
    Path wav = Sounds.talk(folder.resolve("long.wav"), 100, 44_100, 2, 2);
    Original original = studio.upload(wav);
    Profile best = new Profile("v0", Codec.MP3, 44_100, 2, new Profile.Rate.Quality(0), null);
    Product mp3 = requireNonNull(studio.finish(job(original, cutAt(33), best)).get("v0"));
    assertThat(mp3.facts()).containsEntry("segments", "3");
    assertThat(Sounds.samples(folder, studio.fetch(mp3.key())))
        .isEqualTo(Sounds.samples(folder, singlePass(wav, original, best, 0)));
  }

  @Test
  void a_segment_that_is_gone_is_encoded_again_by_the_join() throws Exception {
    Studio studio = new Studio(folder);
    Path wav = Sounds.talk(folder.resolve("long.wav"), 60, 44_100, 2, 4);
    Original original = studio.upload(wav);
    Job job = job(original, cutAt(30), MP3);
    for (Task task : JobFlow.of(job, studio.records).ready(Studio.NOW)) {
      if (task.spec() instanceof TaskSpec.Segment
          && studio.run(task) instanceof TaskOutcome.Produced produced) {
        studio.record(task, produced.products());
      }
    }
    String lost = studio.records.values().iterator().next().products().getFirst().key();
    studio.store.delete(lost);
    Product mp3 = requireNonNull(studio.another().finish(job).get("mp3-128"));
    assertThat(Sounds.samples(folder, studio.fetch(mp3.key())))
        .isEqualTo(Sounds.samples(folder, singlePass(wav, original, MP3, 0)));
  }

  @Test
  void an_instance_with_another_encoder_leaves_a_recording_to_those_who_began_it()
      throws Exception {
    Studio first = new Studio(folder);
    Path wav = Sounds.talk(folder.resolve("long.wav"), 60, 44_100, 2, 7);
    Original original = first.upload(wav);
    Studio other =
        new Studio(
            Files.createDirectories(folder.resolve("other")), build("lame 9.99"), first.store);
    Job job = job(original, cutAt(30), MP3);
    List<Task> segments =
        JobFlow.of(job, Map.of()).ready(Studio.NOW).stream()
            .filter(task -> task.spec() instanceof TaskSpec.Segment)
            .toList();
    assertThat(segments).hasSize(2);
    TaskOutcome begun = first.run(segments.getFirst());
    assertThat(begun).isInstanceOf(TaskOutcome.Produced.class);
    first.record(segments.getFirst(), ((TaskOutcome.Produced) begun).products());
    TaskOutcome refused = other.run(segments.getLast());
    assertThat(refused).isInstanceOf(TaskOutcome.Postponed.class);
    assertThat(((TaskOutcome.Postponed) refused).cause())
        .isEqualTo(
            "this instance encodes with lame 9.99, the recording was begun with "
                + Sounds.TOOLS.encoderBuild());
    Product mp3 = requireNonNull(first.finish(job).get("mp3-128"));
    assertThat(Sounds.samples(folder, first.fetch(mp3.key())))
        .isEqualTo(Sounds.samples(folder, singlePass(wav, original, MP3, 0)));
  }

  /** The same tools under the name of another build. */
  private static StageTools build(String name) {
    return (StageTools)
        Proxy.newProxyInstance(
            StageTools.class.getClassLoader(),
            new Class<?>[] {StageTools.class},
            (_, method, args) ->
                method.getName().equals("encoderBuild") ? name : method.invoke(Sounds.TOOLS, args));
  }

  @Test
  void nothing_is_published_when_the_lease_is_in_doubt() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(Sounds.talk(folder.resolve("a.wav"), 3, 44_100, 2, 5));
    Stages stages =
        new Stages(
            new Workbench(
                Sounds.TOOLS,
                studio.store,
                new io.castloom.worker.cache.DiskCache(
                    studio.store,
                    Files.createDirectories(folder.resolve("c")),
                    1 << 20,
                    io.castloom.worker.cache.DiskCache.CacheListener.none()),
                folder,
                java.time.InstantSource.fixed(Studio.NOW),
                StageListener.none()));
    TaskOutcome outcome = stages.run(new TaskSpec.Encode(original, MP3), Studio.context(false));
    assertThat(outcome).isInstanceOf(TaskOutcome.Interrupted.class);
    assertThat(studio.store.list("pieces/", "", 10).objects()).isEmpty();
  }

  @Test
  void a_flac_and_an_opus_rendition_have_the_index_of_their_frames_beside_them() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(Sounds.talk(folder.resolve("b.wav"), 8, 44_100, 2, 1));
    Profile flac = requireNonNull(StandardProfiles.ALL.get("flac"));
    Profile opus = requireNonNull(StandardProfiles.ALL.get("opus-64"));

    Map<String, Product> products = studio.finish(job(original, Job.Policy.DEFAULT, flac, opus));

    Product lossless = requireNonNull(products.get("flac"));
    assertThat(FlacStream.decode(index(studio, lossless)).orThrow())
        .isEqualTo(
            FlacStream.read(ByteSource.of(Files.readAllBytes(studio.fetch(lossless.key()))))
                .orThrow());
    assertThat(lossless.facts()).containsEntry("samples", Integer.toString(8 * 44_100));
    Product small = requireNonNull(products.get("opus-64"));
    assertThat(OpusPiece.decode(index(studio, small)).orThrow())
        .isEqualTo(
            OpusPiece.read(ByteSource.of(Files.readAllBytes(studio.fetch(small.key())))).orThrow());
    assertThat(small.facts()).containsEntry("samples", Integer.toString(8 * 48_000));
  }

  private static byte[] index(Studio studio, Product product) throws Exception {
    return Files.readAllBytes(studio.fetch(requireNonNull(product.facts().get("index"))));
  }

  @Test
  void an_ad_is_conformed_to_the_form_of_its_show() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(Sounds.talk(folder.resolve("ad.wav"), 5, 48_000, 1, 6));
    Task task =
        JobFlow.of(job(original, Job.Policy.DEFAULT, MP3), Map.of()).ready(Studio.NOW).getFirst();
    Task conform =
        new Task(
            task.id(),
            task.workClass(),
            task.account(),
            task.enqueuedAt(),
            task.estimate(),
            new TaskSpec.Conform(
                original, MP3.withLoudness(-18), Conforming.withFade(Duration.ofMillis(5))),
            true);
    TaskOutcome outcome = studio.run(conform);
    assertThat(outcome).isInstanceOf(TaskOutcome.Produced.class);
    Product ad = ((TaskOutcome.Produced) outcome).products().getFirst();
    short[] samples = Sounds.samples(folder, studio.fetch(ad.key()));
    assertThat(samples.length / 2).isEqualTo(5 * 44_100);
    assertThat(Math.abs(samples[0])).isLessThan((short) 100);
  }

  private Path singlePass(Path wav, Original original, Profile profile, double gain)
      throws Exception {
    Path single = folder.resolve("single.mp3");
    Sounds.TOOLS.encode(
        new EncodeRequest(wav, original.media(), profile, gain, single), seconds -> {});
    return single;
  }
}
