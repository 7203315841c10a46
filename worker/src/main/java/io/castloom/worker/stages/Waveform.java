package io.castloom.worker.stages;

import io.castloom.domain.media.Listening;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The peaks of a sound as the JSON that audiowaveform writes and peaks.js reads (version 2), and as
 * a picture (PNG, W3C recommendation of 2003: 8-bit palette).
 */
final class Waveform {

  private static final int RATE = 8_000;
  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 160;

  /** More than this many points make a page slow and are no better to look at. */
  private static final int MOST_POINTS = 72_000;

  private final byte[] peaks;
  private final int perPoint;

  /**
   * @param peaks least and greatest sample of each 10 ms
   */
  Waveform(byte[] peaks) {
    this.peaks = peaks.clone();
    this.perPoint = Math.max(1, (peaks.length / 2 + MOST_POINTS - 1) / MOST_POINTS);
  }

  byte[] json() {
    int points = (peaks.length / 2 + perPoint - 1) / perPoint;
    StringBuilder out = new StringBuilder(points * 8 + 200);
    out.append("{\"version\":2,\"channels\":1,\"sample_rate\":").append(RATE);
    out.append(",\"samples_per_pixel\":")
        .append(RATE / Listening.PEAKS_PER_SECOND * perPoint)
        .append(",\"bits\":8,\"length\":")
        .append(points)
        .append(",\"data\":[");
    for (int i = 0; i < points; i++) {
      out.append(i == 0 ? "" : ",").append(least(i * perPoint, (i + 1) * perPoint));
      out.append(',').append(most(i * perPoint, (i + 1) * perPoint));
    }
    return out.append("]}\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  byte[] png() {
    byte[] rows = new byte[HEIGHT * (WIDTH + 1)];
    long pairs = peaks.length / 2;
    for (int x = 0; x < WIDTH; x++) {
      int from = (int) (pairs * x / WIDTH);
      int to = (int) Math.max(from + 1, pairs * (x + 1) / WIDTH);
      int top = HEIGHT / 2 - most(from, to) * HEIGHT / 256;
      int bottom = HEIGHT / 2 - least(from, to) * HEIGHT / 256;
      for (int y = Math.max(0, top); y <= Math.min(HEIGHT - 1, bottom); y++) {
        rows[y * (WIDTH + 1) + 1 + x] = 1;
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer head = ByteBuffer.allocate(13).putInt(WIDTH).putInt(HEIGHT);
    head.put(new byte[] {8, 3, 0, 0, 0});
    chunk(png, "IHDR", head.array());
    chunk(png, "PLTE", new byte[] {(byte) 255, (byte) 255, (byte) 255, 0x1f, 0x4e, 0x79});
    chunk(png, "IDAT", deflated(rows));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private int least(int from, int to) {
    int least = 0;
    for (int i = from; i < to && 2 * i < peaks.length; i++) {
      least = Math.min(least, peaks[2 * i]);
    }
    return least;
  }

  private int most(int from, int to) {
    int most = 0;
    for (int i = from; i < to && 2 * i + 1 < peaks.length; i++) {
      most = Math.max(most, peaks[2 * i + 1]);
    }
    return most;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] block = new byte[8192];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String name, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(data.length + 12).putInt(data.length);
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data);
    png.writeBytes(out.put(type).put(data).putInt((int) crc.getValue()).array());
  }
}
