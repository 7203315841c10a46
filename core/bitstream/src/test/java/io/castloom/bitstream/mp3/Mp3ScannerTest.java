package io.castloom.bitstream.mp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.judge.Judge;
import io.castloom.bitstream.judge.Sound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Mp3ScannerTest {
  private static final List<String[]> PROFILES =
      List.of(
          new String[] {"-b:a", "128k"},
          new String[] {"-q:a", "4"},
          new String[] {"-b:a", "64k", "-ac", "1"},
          new String[] {"-b:a", "32k", "-ar", "22050"},
          new String[] {"-b:a", "8k", "-ar", "8000", "-ac", "1"});

  @Test
  void the_index_counts_what_ffprobe_counts_and_agrees_with_the_encoders_tag() throws Exception {
    Judge.require("ffmpeg", "ffprobe");
    for (String[] options : PROFILES) {
      byte[] mp3 = Lame.encode(Sound.recording(1, 44_100, 2, 300_000), options);
      Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
      FrameIndex index = scan.index();
      XingTag tag = scan.tag();
      assertThat(tag).isNotNull();
      assertThat(index.count()).isEqualTo(Lame.packets(mp3));
      assertThat(tag.frames()).isEqualTo(index.count());
      assertThat(tag.musicCrc()).isEqualTo(index.musicCrc());
      assertThat(index.soundSamples() * 44_100 / index.rateHz()).isBetween(299_980L, 300_020L);
      assertThat(scan.isContiguous()).isTrue();
    }
  }

  @Test
  void a_written_tag_is_the_encoders_own_but_for_the_finer_table() throws Exception {
    Judge.require("ffmpeg");
    for (String[] options : List.of(PROFILES.get(0), PROFILES.get(2))) {
      byte[] mp3 = Lame.encode(Sound.recording(2, 44_100, 2, 200_000), options);
      Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow();
      byte[] ours = XingFrame.of(scan.index(), scan.tag()).toArray();
      byte[] theirs = Arrays.copyOf(mp3, ours.length);
      FrameHeader header = new FrameHeader(FrameHeader.wordAt(ours, 0));
      int table = header.overheadBytes() + 16;
      XingTag tag = XingTag.read(theirs, 0, header);
      assertThat(tag).isNotNull();
      int crcAt = table + 100 + 4 + 34;
      // ffmpeg takes 190 bytes for its checksum, which is right for two channels only
      int covered = header.mode() == ChannelMode.MONO ? 190 : crcAt;
      byte[] before = theirs.clone();
      Arrays.fill(before, crcAt, crcAt + 2, (byte) 0);
      assertThat(Crc.lame(0, before, 0, covered)).isEqualTo(tag.tagCrc());
      for (byte[] frame : List.of(ours, theirs)) {
        Arrays.fill(frame, table, table + 100, (byte) 0);
        Arrays.fill(frame, crcAt, crcAt + 2, (byte) 0);
        frame[3] = 0; // they say stereo where the audio is joint stereo
      }
      assertThat(ours).isEqualTo(theirs);
    }
  }

  @Test
  void an_index_survives_its_stored_form() throws Exception {
    Judge.require("ffmpeg");
    byte[] mp3 = Lame.encode(Sound.recording(3, 44_100, 2, 200_000), "-q:a", "5");
    FrameIndex index = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow().index();
    assertThat(FrameIndex.decode(index.encode()).orThrow()).isEqualTo(index);
    byte[] broken = index.encode();
    broken[broken.length / 2] ^= 0x55;
    assertThat(FrameIndex.decode(broken)).isNotEqualTo(Parsed.good(index));
    assertThat(FrameIndex.decode(Arrays.copyOf(broken, broken.length - 3)))
        .isInstanceOf(Parsed.Corrupt.class);
  }

  @Test
  void tags_and_garbage_before_between_and_after_the_frames_are_left_out() throws Exception {
    Judge.require("ffmpeg");
    byte[] mp3 = Lame.encode(Sound.recording(4, 44_100, 2, 200_000), "-b:a", "128k");
    FrameIndex clean = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow().index();
    int half = 417 + (int) clean.offset(clean.count() / 2);
    byte[] noise = new byte[3_000];
    new Random(9).nextBytes(noise);
    byte[] id3 = new byte[1_000];
    System.arraycopy("ID3\3\0\0\0\0\7\136".getBytes(StandardCharsets.ISO_8859_1), 0, id3, 0, 10);
    byte[] v1 = Arrays.copyOf("TAG".getBytes(StandardCharsets.ISO_8859_1), 128);
    byte[] dirty =
        join(noise, id3, Arrays.copyOf(mp3, half), id3, Arrays.copyOfRange(mp3, half, mp3.length));
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(join(dirty, v1))).orThrow();
    assertThat(scan.index()).isEqualTo(clean);
    assertThat(scan.junk())
        .extracting(Mp3Scan.Junk::kind)
        .containsExactly(
            Mp3Scan.Junk.Kind.GARBAGE,
            Mp3Scan.Junk.Kind.ID3V2,
            Mp3Scan.Junk.Kind.TAG_FRAME,
            Mp3Scan.Junk.Kind.ID3V2,
            Mp3Scan.Junk.Kind.ID3V1);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    scan.framesOf("a")
        .writeTo(
            Channels.newChannel(frames),
            (piece, offset, length) -> ByteSource.of(dirty).read(offset, length));
    assertThat(frames.toByteArray()).isEqualTo(Arrays.copyOfRange(mp3, 417, mp3.length));
  }

  @Test
  void a_cut_off_last_frame_is_left_out() throws Exception {
    Judge.require("ffmpeg");
    byte[] mp3 = Lame.encode(Sound.recording(5, 44_100, 2, 100_000), "-b:a", "128k");
    int count = Mp3Scanner.scan(ByteSource.of(mp3)).orThrow().index().count();
    Mp3Scan scan = Mp3Scanner.scan(ByteSource.of(Arrays.copyOf(mp3, mp3.length - 100))).orThrow();
    assertThat(scan.index().count()).isEqualTo(count - 1);
    assertThat(scan.junk().getLast().kind()).isEqualTo(Mp3Scan.Junk.Kind.TRUNCATED_FRAME);
  }

  @Test
  void what_is_no_mp3_is_corrupt() throws Exception {
    byte[] noise = new byte[400_000];
    new Random(1).nextBytes(noise);
    assertThat(Mp3Scanner.scan(ByteSource.of(noise))).isInstanceOf(Parsed.Corrupt.class);
    assertThat(Mp3Scanner.scan(ByteSource.of(new byte[0]))).isInstanceOf(Parsed.Corrupt.class);
  }

  private static byte[] join(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }
}
