package io.castloom.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BytePlanTest {

  private static final int SIZE = (3 << 20) + 17;

  @TempDir private Path folder;

  @Test
  void a_file_on_the_disk_has_the_bytes_of_the_stream_whatever_its_pieces_are() throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    Path piece = Files.write(folder.resolve("piece"), bytes);
    BytePlan plan =
        BytePlan.of(
            new BytePlan.Literal(Bytes.latin1("head")),
            new BytePlan.CopyRange("file", 5, SIZE - 5),
            new BytePlan.Made(4, _ -> new byte[] {1, 2, 3, 4}),
            new BytePlan.CopyRange("array", 0, 2 << 20),
            new BytePlan.CopyRange("file", 0, 1));
    Path written = Files.write(folder.resolve("written"), new byte[20 << 20]);
    ByteArrayOutputStream streamed = new ByteArrayOutputStream();
    try (FileSource file = FileSource.open(piece)) {
      PieceReader reader = PieceReader.of(Map.of("file", file, "array", ByteSource.of(bytes)));
      plan.writeTo(Channels.newChannel(streamed), reader);
      plan.writeTo(written, reader);
      assertThat(written).hasBinaryContent(streamed.toByteArray());
      plan.writeTo(written, (name, offset, length) -> reader.read(name, offset, length));
      assertThat(written).hasBinaryContent(streamed.toByteArray()).hasSize(plan.length());
    }
  }

  @Test
  void a_piece_that_ends_before_its_range_is_a_fault() throws IOException {
    Path piece = Files.write(folder.resolve("piece"), new byte[100]);
    BytePlan plan = BytePlan.of(new BytePlan.CopyRange("file", 50, 51));
    try (FileSource file = FileSource.open(piece)) {
      assertThatThrownBy(
              () -> plan.writeTo(folder.resolve("out"), PieceReader.of(Map.of("file", file))))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("ends at 100, wanted 51 bytes at 50");
    }
    assertThatThrownBy(() -> plan.writeTo(folder.resolve("out"), PieceReader.of(Map.of())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No piece is named file");
  }
}
