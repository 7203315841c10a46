package io.castloom.bitstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.bitstream.mp3.Mp3Scanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WindowTest {
  @TempDir Path folder;

  @Test
  void a_file_is_seen_like_an_array_whatever_is_asked_for() throws IOException {
    byte[] bytes = new byte[1_000_000];
    Random random = new Random(1);
    random.nextBytes(bytes);
    try (FileSource source = FileSource.open(Files.write(folder.resolve("a"), bytes))) {
      Window window = new Window(source);
      int position = 0;
      for (int i = 0; i < 20_000; i++) {
        position = Math.clamp(position + random.nextInt(3_000) - 1_000L, 0, bytes.length);
        int length = random.nextInt(2_000);
        int at = window.locate(position, length);
        if (position + length > bytes.length) {
          assertThat(at).isNegative();
        } else if (length > 0) {
          assertThat(window.bytes()[at]).isEqualTo(bytes[position]);
          assertThat(window.bytes()[at + length - 1]).isEqualTo(bytes[position + length - 1]);
        }
      }
    }
  }

  @Test
  void small_and_empty_files_are_seen_too() throws IOException {
    try (FileSource one = FileSource.open(Files.write(folder.resolve("b"), new byte[] {7}));
        FileSource none = FileSource.open(Files.write(folder.resolve("c"), new byte[0]))) {
      Window window = new Window(one);
      assertThat(window.bytes()[window.locate(0, 1)]).isEqualTo((byte) 7);
      assertThat(window.locate(0, 2)).isNegative();
      assertThat(window.locate(-1, 1)).isNegative();
      assertThat(new Window(none).locate(0, 1)).isNegative();
      assertThat(Mp3Scanner.scan(none)).isInstanceOf(Parsed.Corrupt.class);
      assertThatThrownBy(() -> one.read(0, 5)).hasMessageContaining("wanted 5 bytes at 0");
    }
  }

  @Test
  void a_plan_merges_neighbours_and_writes_what_it_says() throws IOException {
    byte[] piece = "0123456789".getBytes(US_ASCII);
    BytePlan plan =
        BytePlan.of(
            new BytePlan.Literal(Bytes.latin1("a")),
            new BytePlan.Literal(Bytes.EMPTY),
            new BytePlan.Literal(Bytes.latin1("b")),
            new BytePlan.CopyRange("p", 1, 2),
            new BytePlan.CopyRange("p", 3, 4),
            new BytePlan.CopyRange("p", 8, 1));
    assertThat(plan.parts())
        .containsExactly(
            new BytePlan.Literal(Bytes.latin1("ab")),
            new BytePlan.CopyRange("p", 1, 6),
            new BytePlan.CopyRange("p", 8, 1));
    assertThat(plan.length()).isEqualTo(9);
    assertThat(plan.literalBytes()).isEqualTo(2);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    plan.writeTo(Channels.newChannel(out), PieceReader.of(Map.of("p", ByteSource.of(piece))));
    assertThat(out).hasToString("ab1234568");
    assertThatThrownBy(() -> plan.writeTo(Channels.newChannel(out), PieceReader.of(Map.of())))
        .hasMessageContaining("No piece is named p");
  }
}
