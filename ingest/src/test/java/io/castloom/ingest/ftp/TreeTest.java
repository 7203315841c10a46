package io.castloom.ingest.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskRecord;
import io.castloom.domain.job.TaskState;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;

class TreeTest extends FtpSide {
  @Test
  void renditions_lie_in_the_outbox_when_they_are_done() throws IOException {
    FTPClient ftp = login();
    assertThat(store(ftp, "/in/talk.wav", FakeTools.recording(9_000, 1))).isTrue();
    assertThat(names(ftp, "/out")).isEmpty();
    ftp.disconnect();
    byte[] audio = FakeTools.recording(5_000, 2);
    Job job = world.jobs.list(World.DEMO, Optional.empty(), 1).jobs().getFirst();
    String key = "pieces/" + job.original().sha256() + "/mp3-128/e/audio.mp3";
    world.store.put(key, ObjectData.of(audio, "audio/mpeg"), PutCondition.ifAbsent());
    for (JobFlow.Plan plan : JobFlow.of(job, Map.of()).plans()) {
      world.jobs.record(
          new TaskRecord(
              plan.id(),
              job.account(),
              TaskState.DONE,
              0,
              List.of(),
              List.of(new Product("mp3-128", key, audio.length, "audio/mpeg", Map.of()))));
    }
    FTPClient later = login();
    await(() -> names(later, "/out").contains("talk"));
    assertThat(names(later, "/out/talk")).containsExactly("talk.mp3-128.mp3");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(later.retrieveFile("/out/talk/talk.mp3-128.mp3", out)).isTrue();
    assertThat(out.toByteArray()).isEqualTo(audio);
    out.reset();
    later.setRestartOffset(4_000);
    assertThat(later.retrieveFile("/out/talk/talk.mp3-128.mp3", out)).isTrue();
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(audio, 4_000, 5_000));
    assertThat(text(later, "/status.txt")).contains("done");
    later.disconnect();
  }

  @Test
  void the_same_bytes_under_another_name_are_found_under_both() throws IOException {
    byte[] bytes = FakeTools.recording(9_000, 4);
    FTPClient ftp = login();
    assertThat(store(ftp, "/in/first take.wav", bytes)).isTrue();
    assertThat(store(ftp, "/in/the talk.wav", bytes)).isTrue();
    assertThat(store(ftp, "/in/the talk.wav", bytes)).isTrue();
    List<Job> jobs = world.jobs.list(World.DEMO, Optional.empty(), 10).jobs();
    assertThat(jobs).hasSize(1);
    Product product = new Product("mp3-128", "pieces/x", 5, "audio/mpeg", Map.of());
    for (JobFlow.Plan plan : JobFlow.of(jobs.getFirst(), Map.of()).plans()) {
      world.jobs.record(
          new TaskRecord(plan.id(), World.DEMO, TaskState.DONE, 0, List.of(), List.of(product)));
    }
    assertThat(text(ftp, "/status.txt").lines())
        .filteredOn(line -> line.startsWith("done"))
        .extracting(line -> line.substring(9).strip())
        .containsExactlyInAnyOrder("first take.wav", "the talk.wav");
    assertThat(names(ftp, "/out")).containsExactlyInAnyOrder("first take", "the talk");
    assertThat(names(ftp, "/out/the talk")).containsExactly("the talk.mp3-128.mp3");
    ftp.disconnect();
  }

  @Test
  void nothing_else_can_be_listed_read_written_or_deleted() throws IOException {
    FTPClient ftp = login();
    assertThat(names(ftp, "/")).containsExactlyInAnyOrder("in", "out", "status.txt");
    assertThat(ftp.changeWorkingDirectory("/etc")).isFalse();
    assertThat(ftp.changeWorkingDirectory("../../..")).isTrue();
    assertThat(ftp.printWorkingDirectory()).isEqualTo("/");
    assertThat(ftp.retrieveFile("/etc/passwd", new ByteArrayOutputStream())).isFalse();
    assertThat(ftp.retrieveFile("/in/x.wav", new ByteArrayOutputStream())).isFalse();
    for (String path : List.of("/x.wav", "/out/x.wav", "/status.txt", "/in/a/b/c.wav")) {
      assertThat(store(ftp, path, FakeTools.recording(10, 1))).isFalse();
      assertThat(ftp.getReplyCode()).isEqualTo(553);
    }
    assertThat(ftp.deleteFile("/status.txt")).isFalse();
    assertThat(ftp.getReplyCode()).as("no client asks again for ever").isEqualTo(550);
    assertThat(ftp.listNames("/out/nothing")).isNull();
    assertThat(ftp.getReplyCode()).isEqualTo(550);
    assertThat(ftp.sendCommand("MD5", "/status.txt")).isEqualTo(502);
    assertThat(ftp.makeDirectory("/in/new")).isFalse();
    assertThat(ftp.removeDirectory("/in")).isFalse();
    assertThat(ftp.sendCommand("SITE", "WHO")).isBetween(500, 599);
    nothingQueued();
    ftp.disconnect();
  }

  @Test
  void a_wrong_token_is_refused() throws IOException {
    FTPClient ftp = new FTPClient();
    ftp.connect("127.0.0.1", server.port());
    assertThat(ftp.login("demo", "demo." + "x".repeat(43))).isFalse();
    assertThat(ftp.getReplyCode()).isEqualTo(530);
    assertThat(ftp.login("ops", world.token)).as("the name must be the token's").isFalse();
    assertThat(ftp.list()).isEqualTo(530);
    ftp.disconnect();
  }
}
