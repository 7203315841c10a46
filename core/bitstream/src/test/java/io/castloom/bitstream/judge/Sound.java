package io.castloom.bitstream.judge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Synthetic recordings: voice-like buzz in syllables, music, noise and pauses, different for each
 * seed and the same for each run. 16 bit.
 */
public final class Sound {
  private final int rateHz;
  private final int channels;
  private final short[] samples;

  private Sound(int rateHz, int channels, short[] samples) {
    this.rateHz = rateHz;
    this.channels = channels;
    this.samples = samples;
  }

  /** Frames per channel. */
  public int length() {
    return samples.length / channels;
  }

  /** A recording of a given length. */
  public static Sound recording(long seed, int rateHz, int channels, int length) {
    Random random = new Random(seed);
    short[] samples = new short[length * channels];
    double low = 0;
    int at = 0;
    while (at < length) {
      int part = Math.min(length - at, rateHz / 20 + random.nextInt(rateHz / 3));
      int kind = random.nextInt(10);
      double pitch = 80 + random.nextInt(200);
      double formant = 400 + random.nextInt(2500);
      double gain = 3000 + random.nextInt(9000);
      double pan = random.nextDouble();
      for (int i = 0; i < part; i++) {
        double envelope = Math.sin(Math.PI * i / part);
        double time = (double) (at + i) / rateHz;
        low += 0.2 * (random.nextGaussian() - low);
        double value =
            switch (kind) {
              case 0 -> 2 * random.nextGaussian();
              case 1, 2 -> gain * 0.5 * envelope * low;
              case 3, 4 ->
                  gain
                      * 0.3
                      * (Math.sin(2 * Math.PI * pitch * 2 * time)
                          + Math.sin(2 * Math.PI * pitch * 2.52 * time)
                          + Math.sin(2 * Math.PI * pitch * 3 * time));
              default ->
                  gain
                      * envelope
                      * Math.pow(Math.abs(Math.sin(Math.PI * pitch * time)), 12)
                      * Math.sin(2 * Math.PI * formant * time);
            };
        value += random.nextGaussian() * 20;
        for (int c = 0; c < channels; c++) {
          double side = c == 0 ? 1 - 0.4 * pan : 0.6 + 0.4 * pan;
          samples[(at + i) * channels + c] =
              (short) Math.clamp(Math.round(value * side), -32768, 32767);
        }
      }
      at += part;
    }
    return new Sound(rateHz, channels, samples);
  }

  /** A stretch of the recording; frames beyond its end are left out. */
  public Sound part(int from, int to) {
    int end = Math.min(to, length());
    return new Sound(
        rateHz, channels, Arrays.copyOfRange(samples, from * channels, end * channels));
  }

  /** The same with digital silence from one frame to another. */
  public Sound withSilence(int from, int to) {
    short[] copy = samples.clone();
    Arrays.fill(copy, from * channels, Math.min(to, length()) * channels, (short) 0);
    return new Sound(rateHz, channels, copy);
  }

  /** Writes a WAV file. */
  public Path write(Path file) {
    int data = samples.length * 2;
    ByteBuffer wav = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(US_ASCII)).putInt(36 + data);
    wav.put("WAVEfmt ".getBytes(US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) channels).putInt(rateHz);
    wav.putInt(rateHz * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
    wav.put("data".getBytes(US_ASCII)).putInt(data);
    wav.asShortBuffer().put(samples);
    try {
      return Files.write(file, wav.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
