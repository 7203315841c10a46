package io.castloom.tests.bench;

import io.castloom.domain.media.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;

/** WAV files of any size, 16 bit stereo at 44.1 kHz, different for each number. */
final class BenchRecording {
  private static final int RATE = 44_100;

  private BenchRecording() {}

  static Path write(Path folder, int number, int bytes) throws IOException {
    Path file = folder.resolve("recording-" + number + ".wav");
    byte[] noise = new byte[1 << 20];
    new Random(number).nextBytes(noise);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(header(bytes));
      int left = bytes - 44;
      for (int block = 0; left > 0; block++) {
        ByteBuffer.wrap(noise).putInt(number).putInt(block);
        int length = Math.min(left, noise.length);
        out.write(noise, 0, length);
        left -= length;
      }
    }
    return file;
  }

  /** A file's SHA-256 in Base64. */
  static String digest(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      int read;
      while ((read = in.read(buffer)) > 0) {
        digest.update(buffer, 0, read);
      }
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static byte[] header(int bytes) {
    return ByteBuffer.allocate(44)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(bytes - 8)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 2)
        .putInt(RATE)
        .putInt(RATE * 4)
        .putShort((short) 4)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(bytes - 44)
        .array();
  }
}
