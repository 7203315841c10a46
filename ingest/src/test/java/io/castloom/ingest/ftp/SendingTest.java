package io.castloom.ingest.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.World;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.DocumentKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SendingTest extends FtpSide {
  @Test
  void a_file_in_the_inbox_becomes_a_job_and_its_sender_is_told() throws IOException {
    byte[] bytes = FakeTools.recording(300_000, 1);
    FTPClient ftp = login();
    assertThat(store(ftp, "/in/talk one.wav", bytes)).isTrue();
    assertThat(ftp.getReplyString()).startsWith("226").contains("it is job");
    assertThat(world.store.head(Original.key(World.DEMO, Sha256.of(bytes)))).isPresent();
    assertThat(world.messages()).isPositive();
    assertThat(ftp.getSize("/in/talk one.wav")).as("clients compare sizes").isEqualTo("300000");
    assertThat(text(ftp, "/status.txt")).contains("queued").contains("talk one.wav");
    ftp.disconnect();
  }

  @Test
  void a_name_that_says_unfinished_waits_for_its_rename() throws IOException {
    byte[] bytes = FakeTools.recording(50_000, 2);
    FTPClient ftp = login();
    for (String name : List.of("a.wav.part", "b.wav.filepart", ".c.wav")) {
      assertThat(store(ftp, "/in/" + name, bytes)).isTrue();
      assertThat(ftp.getReplyString()).startsWith("226").contains("waits");
    }
    nothingQueued();
    assertThat(names(ftp, "/in")).contains("a.wav.part", "b.wav.filepart");
    assertThat(ftp.rename("/in/a.wav.part", "/in/a.wav")).isTrue();
    assertThat(ftp.getReplyString()).contains("it is job");
    assertThat(world.messages()).isPositive();
    assertThat(ftp.deleteFile("/in/b.wav.filepart")).isTrue();
    assertThat(names(ftp, "/in")).doesNotContain("a.wav.part", "b.wav.filepart");
    assertThat(ftp.rename("/in/none.part", "/in/none.wav")).isFalse();
    ftp.disconnect();
  }

  @Test
  void what_is_no_recording_is_refused_in_words_that_can_also_be_read_later() throws IOException {
    FTPClient ftp = login();
    byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
    assertThat(store(ftp, "/in/page.mp3", page)).isFalse();
    assertThat(ftp.getReplyString()).startsWith("550").contains("this is a web page");
    nothingQueued();
    assertThat(names(ftp, "/in")).isEmpty();
    assertThat(names(ftp, "/out")).containsExactly("page.error.txt");
    assertThat(text(ftp, "/out/page.error.txt")).contains("page.mp3", "this is a web page");
    ftp.disconnect();
  }

  @Test
  void a_sender_that_is_cut_in_the_middle_queues_nothing_and_can_go_on() throws IOException {
    for (boolean append : new boolean[] {false, true}) {
      byte[] bytes = FakeTools.recording(12 * MIB, append ? 3 : 4);
      String path = append ? "/in/appended.wav" : "/in/restarted.wav";
      FTPClient cut = login();
      OutputStream data = cut.storeFileStream(path);
      data.write(bytes, 0, 7 * MIB);
      data.close();
      cut.disconnect();
      FTPClient ftp = login();
      await(() -> String.valueOf(7 * MIB).equals(ftp.getSize(path)));
      nothingQueuedNamed(path);
      byte[] rest = Arrays.copyOfRange(bytes, 7 * MIB, bytes.length);
      if (append) {
        await(() -> ftp.appendFile(path, new java.io.ByteArrayInputStream(rest)));
      } else {
        await(
            () -> {
              ftp.setRestartOffset(7 * MIB);
              return store(ftp, path, rest);
            });
      }
      assertThat(ftp.getReplyString()).startsWith("226").contains("job");
      assertThat(world.store.head(Original.key(World.DEMO, Sha256.of(bytes)))).isPresent();
      ftp.disconnect();
    }
  }

  private void nothingQueuedNamed(String path) throws IOException {
    assertThat(world.jobs.list(World.DEMO, java.util.Optional.empty(), 100).jobs())
        .noneMatch(job -> path.endsWith(job.original().filename()));
  }

  @Test
  void a_sender_that_says_abort_queues_nothing() throws IOException {
    byte[] bytes = FakeTools.recording(MIB, 4);
    FTPClient ftp = login();
    OutputStream data = ftp.storeFileStream("/in/aborted.wav");
    data.write(bytes);
    data.flush();
    await(() -> world.spool.reservedBytes() > 0); // of what never came, nothing could wait
    var _ = ftp.abort();
    data.close();
    ftp.disconnect();
    FTPClient again = login();
    await(() -> again.getSize("/in/aborted.wav") != null);
    nothingQueued();
    again.disconnect();
  }

  @Test
  void a_long_transfer_is_announced_while_it_runs_and_for_a_while_after_it_broke_off()
      throws IOException {
    FTPClient ftp = login();
    ftp.allocate(40 * MIB);
    OutputStream data = ftp.storeFileStream("/in/long.mp3");
    data.write(FakeTools.recording(4 * MIB, 10));
    data.flush();
    await(
        () -> {
          world.heraldClock.advance(Duration.ofSeconds(3));
          world.herald.runOnce();
          return !world.keys("announcements/uploads/").isEmpty();
        });
    data.close();
    assertThat(ftp.completePendingCommand()).isFalse();
    assertThat(world.keys("announcements/uploads/")).hasSize(1);
    world.heraldClock.advance(Duration.ofSeconds(31));
    world.herald.runOnce();
    assertThat(world.keys("announcements/uploads/")).isEmpty();
    ftp.disconnect();
  }

  @Test
  void fewer_bytes_than_announced_are_not_taken_for_the_file() throws IOException {
    byte[] bytes = FakeTools.recording(1000, 5);
    FTPClient ftp = login();
    ftp.allocate(2000);
    assertThat(store(ftp, "/in/short.wav", bytes)).isFalse();
    assertThat(ftp.getReplyString()).startsWith("426").contains("1000 of 2000");
    nothingQueued();
    ftp.disconnect();
  }

  @Test
  void what_broke_off_and_cannot_be_recognised_yet_waits_for_its_rest() throws IOException {
    byte[] bytes = FakeTools.recording(2_000, 6);
    bytes[0] = 'r'; // what came is no recording: the head of it is sent wrong, and again later
    FTPClient ftp = login();
    ftp.allocate(2_000);
    assertThat(store(ftp, "/in/short.wav", Arrays.copyOf(bytes, 1_000))).isFalse();
    assertThat(ftp.getReplyString()).startsWith("426").contains("1000 of 2000");
    assertThat(names(ftp, "/out")).isEmpty();
    assertThat(ftp.getSize("/in/short.wav")).isEqualTo("1000");
    bytes[0] = 'R';
    assertThat(store(ftp, "/in/short.wav", bytes)).isTrue();
    assertThat(ftp.getReplyString()).startsWith("226").contains("it is job");
    ftp.disconnect();
  }

  @Test
  void a_name_that_is_too_long_is_told_as_such() throws IOException {
    FTPClient ftp = login();
    assertThat(store(ftp, "/in/" + "l".repeat(201), new byte[10])).isFalse();
    assertThat(ftp.getReplyString()).startsWith("553 A name has at most 200 characters");
    ftp.disconnect();
  }

  @Test
  void a_process_that_is_killed_in_the_middle_queues_nothing() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
    Path file = folder.resolve("talk.wav");
    Files.write(file, FakeTools.recording(20 * MIB, 6));
    Process curl =
        new ProcessBuilder(
                "/usr/bin/curl",
                "-s",
                "--limit-rate",
                "4M",
                "-T",
                file.toString(),
                "ftp://demo:" + world.token + "@127.0.0.1:" + server.port() + "/in/")
            .start();
    await(() -> !incoming.list(World.DEMO, "/in").isEmpty() && world.spool.reservedBytes() > 0);
    await(() -> incoming.list(World.DEMO, "/in").getFirst().sizeBytes() > MIB);
    curl.destroyForcibly().waitFor();
    FTPClient ftp = login();
    await(
        () -> {
          int reply = ftp.appe("/in/talk.wav");
          ftp.noop();
          return reply != 450;
        });
    nothingQueued();
    ftp.disconnect();
  }

  @Test
  void a_file_for_a_show_becomes_an_episode_of_it() throws IOException {
    Applied applied =
        world.editor.apply(
            new DocumentKey.OfShow("talk"),
            Map.of(
                "title", "Talk",
                "language", "en",
                "description", "People who talk.",
                "author", "Ann",
                "cover", "https://example.org/cover.jpg",
                "categories", List.of("Technology"),
                "formats", List.of("mp3-128", "aac-128")),
            "demo",
            null,
            false);
    assertThat(applied).isInstanceOf(Applied.Accepted.class);
    byte[] bytes = FakeTools.recording(100_000, 7);
    FTPClient ftp = login();
    assertThat(names(ftp, "/in")).contains("talk");
    assertThat(store(ftp, "/in/talk/Ünser 1. Gespräch.wav", bytes))
        .as(ftp.getReplyString())
        .isTrue();
    assertThat(world.catalog.episodes("talk")).containsExactly("unser-1-gesprach");
    var job = world.jobs.list(World.DEMO, java.util.Optional.empty(), 1).jobs().getFirst();
    assertThat(job.profiles()).extracting(it -> it.name()).containsExactly("mp3-128", "aac-128");
    assertThat(store(ftp, "/in/nowhere/a.wav", bytes)).isFalse();
    assertThat(ftp.getReplyCode()).isEqualTo(553);
    ftp.disconnect();
  }
}
