package io.castloom.worker.stages;

import static io.castloom.worker.stages.Studio.cutAt;
import static io.castloom.worker.stages.Studio.job;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.media.Labels;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ffmpeg.Ffmpeg;
import io.castloom.ffmpeg.Sounds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renditions say what their profile and their original say; their sound stays the same. */
final class LabellingTest {

  private static final Profile MP3 = requireNonNull(StandardProfiles.ALL.get("mp3-128"));
  private static final Profile AAC = requireNonNull(StandardProfiles.ALL.get("aac-128"));
  private static final Labels LABELS =
      Labels.of(
              Map.of(
                  "artist", "Harbour Radio",
                  "album", "Nächte am Hafen",
                  "genre", "Podcast",
                  "date", "2026-11-25",
                  "comment", "Recorded at night"))
          .withSource();

  @TempDir Path folder;

  @Test
  void an_mp3_and_an_m4a_carry_tags_and_cover_and_the_same_samples() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(tagged("a.flac", 5));
    Labels labels = LABELS.withCover(cover(studio));
    for (Profile plain : List.of(MP3, AAC)) {
      Profile profile = plain.withLabels(labels);
      Product bare = finish(studio, job(original, Job.Policy.DEFAULT, plain), plain);
      Product said = finish(studio, job(original, Job.Policy.DEFAULT, profile), profile);
      assertThat(said.key()).isNotEqualTo(bare.key());
      Path file = studio.fetch(said.key());
      assertSays(file);
      assertThat(Sounds.samples(folder, file))
          .isEqualTo(Sounds.samples(folder, studio.fetch(bare.key())));
      assertThat(said.facts()).containsEntry("samples", bare.facts().get("samples"));
    }
  }

  @Test
  void a_joined_mp3_is_labelled_before_its_frames_which_the_index_names() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(tagged("long.flac", 60));
    Profile profile = MP3.withLabels(LABELS.withCover(cover(studio)));
    Product mp3 = finish(studio, job(original, cutAt(30), profile), profile);
    assertThat(mp3.facts()).containsEntry("segments", "2");
    Path file = studio.fetch(mp3.key());
    assertSays(file);
    FrameIndex index =
        FrameIndex.decode(
                Files.readAllBytes(studio.fetch(requireNonNull(mp3.facts().get("index")))))
            .orThrow();
    try (FileSource source = FileSource.open(file)) {
      Mp3Scan scan = Mp3Scanner.scan(source).orThrow();
      assertThat(scan.index()).isEqualTo(index);
      assertThat(requireNonNull(scan.tag()).musicCrc()).isEqualTo(index.musicCrc());
    }
    Product bare = finish(studio, job(original, cutAt(30), MP3), MP3);
    assertThat(Sounds.samples(folder, file))
        .isEqualTo(Sounds.samples(folder, studio.fetch(bare.key())));
  }

  @Test
  void a_cover_that_is_not_stored_ends_the_task_with_a_word_about_it() throws Exception {
    Studio studio = new Studio(folder);
    Original original = studio.upload(Sounds.talk(folder.resolve("a.wav"), 3, 44_100, 2, 5));
    Profile profile = MP3.withLabels(LABELS.withCover(Sha256.of(new byte[] {1})));
    Task task =
        io.castloom.domain.job.JobFlow.of(job(original, Job.Policy.DEFAULT, profile), Map.of())
            .ready(Studio.NOW)
            .getFirst();
    assertThat(studio.run(task))
        .isInstanceOfSatisfying(
            TaskOutcome.Rejected.class,
            rejected -> assertThat(rejected.cause()).contains("is not stored"));
  }

  private Path tagged(String name, double seconds) throws Exception {
    Path wav = Sounds.talk(folder.resolve(name + ".wav"), seconds, 44_100, 2, 3);
    return Sounds.make(
        folder,
        name,
        List.of("-i", wav.toString()),
        "-metadata",
        "title=The Lighthouse",
        "-metadata",
        "artist=Somebody else");
  }

  /** A small picture, stored where the account's covers are. */
  private Sha256 cover(Studio studio) throws Exception {
    Path png = folder.resolve("cover.png");
    var image = new java.awt.image.BufferedImage(64, 64, java.awt.image.BufferedImage.TYPE_INT_RGB);
    javax.imageio.ImageIO.write(image, "png", png.toFile());
    byte[] bytes = Files.readAllBytes(png);
    assertThat(Picture.problem(bytes)).isNull();
    Sha256 name = Sha256.of(bytes);
    studio.store.put(
        Labels.coverKey(Studio.DEMO, name),
        ObjectData.of(bytes, "image/png"),
        PutCondition.always());
    return name;
  }

  private static Product finish(Studio studio, Job job, Profile profile) throws Exception {
    return requireNonNull(studio.finish(job).get(profile.name()));
  }

  private static void assertSays(Path file) throws Exception {
    assertThat(Sounds.TOOLS.probe(file, "out")).isInstanceOf(ProbeOutcome.Recognised.class);
    String said = ffprobe(file);
    assertThat(said)
        .contains("title=The Lighthouse")
        .contains("artist=Harbour Radio")
        .contains("album=Nächte am Hafen")
        .contains("genre=Podcast")
        .contains("date=2026")
        .contains("comment=Recorded at night")
        .contains("codec_name=png")
        .contains("width=64")
        .contains("attached_pic=1")
        .doesNotContain("Somebody else");
  }

  private static String ffprobe(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Ffmpeg.find(System.getenv()).ffprobe().toString(),
                "-v",
                "warning",
                "-show_streams",
                "-show_format",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
