package io.castloom.worker.stages;

import io.castloom.domain.job.TaskSpec.Sound;
import io.castloom.domain.media.SourceMedia;
import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stretch of a stored WAV as a WAV of its own: only its bytes are fetched, however long the whole
 * is. RIFF and RF64 (EBU Tech 3306) with PCM of any width.
 */
final class WavSlice {

  private static final int HEAD_BYTES = 64 << 10;
  private static final int CHUNK_HEAD = 8;

  private final byte[] fmt;
  private final long dataOffset;
  private final int frameBytes;

  private WavSlice(byte[] fmt, long dataOffset, int frameBytes) {
    this.fmt = fmt;
    this.dataOffset = dataOffset;
    this.frameBytes = frameBytes;
  }

  /** Reads the header; empty when the sound is no WAV or its header is longer than 64 KiB. */
  static Optional<WavSlice> open(ObjectStore store, Sound sound) throws IOException {
    if (!sound.media().container().equals("wav") || !sound.media().codec().startsWith("pcm_")) {
      return Optional.empty();
    }
    byte[] head;
    try (ObjectContent content = store.get(sound.key(), new ByteRange(0, HEAD_BYTES))) {
      head = content.stream().readAllBytes();
    }
    return parse(head);
  }

  static Optional<WavSlice> parse(byte[] head) {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    byte[] fmt = new byte[0];
    long at = 12;
    while (at + CHUNK_HEAD <= head.length) {
      int start = (int) at;
      String id = new String(head, start, 4, StandardCharsets.ISO_8859_1);
      long length = bytes.getInt(start + 4) & 0xffff_ffffL;
      if (id.equals("data")) {
        int frame = fmt.length < 16 ? 0 : (fmt[12] & 0xff) | (fmt[13] & 0xff) << 8;
        return frame == 0
            ? Optional.empty()
            : Optional.of(new WavSlice(fmt, at + CHUNK_HEAD, frame));
      }
      if (id.equals("fmt ") && length <= 1024 && at + CHUNK_HEAD + length <= head.length) {
        fmt = Arrays.copyOfRange(head, start + CHUNK_HEAD, start + CHUNK_HEAD + (int) length);
      }
      at += CHUNK_HEAD + length + (length & 1);
    }
    return Optional.empty();
  }

  /**
   * Fetches a stretch into a file.
   *
   * @param from first sample frame
   * @param count sample frames; fewer where the sound ends
   */
  void fetch(ObjectStore store, String key, long from, long count, Path file) throws IOException {
    ByteRange range = new ByteRange(dataOffset + from * frameBytes, count * frameBytes);
    try (ObjectContent content = store.get(key, range);
        OutputStream out = Files.newOutputStream(file)) {
      long there = content.info().sizeBytes() - range.offset();
      long bytes = Math.min(range.lengthBytes(), there) / frameBytes * frameBytes;
      out.write(header(bytes));
      content.stream().transferTo(out);
    }
  }

  private byte[] header(long dataBytes) {
    ByteBuffer out =
        ByteBuffer.allocate(12 + CHUNK_HEAD + fmt.length + CHUNK_HEAD)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII));
    out.putInt((int) (4 + CHUNK_HEAD + fmt.length + CHUNK_HEAD + dataBytes));
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
    out.putInt(fmt.length).put(fmt);
    out.put("data".getBytes(StandardCharsets.US_ASCII));
    out.putInt((int) dataBytes);
    return out.array();
  }

  /** What is known of a slice of this many sample frames. */
  static SourceMedia media(SourceMedia whole, long samples) {
    return new SourceMedia(
        whole.container(),
        whole.codec(),
        whole.track(),
        whole.sampleRate(),
        whole.channels(),
        whole.layout(),
        Duration.ofNanos(samples * 1_000_000_000L / whole.sampleRate()),
        samples,
        true,
        whole.sizeBytes(),
        java.util.Map.of(),
        whole.notes());
  }
}
