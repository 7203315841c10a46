package io.castloom.ingest;

import io.castloom.domain.media.MediaTools;
import io.castloom.domain.media.ProbeOutcome;
import io.castloom.domain.media.SourceMedia;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes what begins with {@code RIFF} for a recording of one byte a sample, and nothing else. */
public final class FakeTools implements MediaTools {
  private final AtomicInteger probes = new AtomicInteger();

  /** How often it was asked to look. */
  public int probes() {
    return probes.get();
  }

  /** A recording of this many bytes, different for each seed. */
  public static byte[] recording(int bytes, int seed) {
    byte[] recording = new byte[bytes];
    new java.util.Random(seed).nextBytes(recording);
    byte[] head = "RIFF".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, recording, 0, head.length);
    return recording;
  }

  @Override
  public String encoderBuild() {
    return "fake";
  }

  @Override
  public ProbeOutcome probe(Path file, String filename) throws IOException {
    probes.incrementAndGet();
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    }
    String begin = new String(head, StandardCharsets.US_ASCII);
    if (!begin.equals("RIFF")) {
      return new ProbeOutcome.Refused("this is a web page, not a recording");
    }
    long size = Files.size(file);
    return new ProbeOutcome.Recognised(
        new SourceMedia(
            "wav",
            "pcm_u8",
            0,
            8_000,
            1,
            "mono",
            Duration.ofMillis(Math.max(1, size / 8)),
            size,
            true,
            size,
            Map.of(),
            List.of()));
  }

  @Override
  public EncodeOutcome encode(EncodeRequest request, Progress progress) {
    throw new UnsupportedOperationException("ingest encodes nothing");
  }
}
