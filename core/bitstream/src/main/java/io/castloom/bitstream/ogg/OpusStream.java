package io.castloom.bitstream.ogg;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an Ogg Opus file holds.
 *
 * @param head its header
 * @param tags its comments
 * @param packets number of audio packets, at least 1
 * @param packetSamples samples at 48 kHz of each packet; 0 if they differ
 * @param totalSamples samples at 48 kHz of all packets
 * @param trimmedSamples samples at the end that the last granule position takes away
 */
public record OpusStream(
    OpusHead head,
    OpusTags tags,
    int packets,
    int packetSamples,
    long totalSamples,
    long trimmedSamples) {
  /** Sample rate of all counts. */
  public static final int RATE_HZ = 48_000;

  /** Samples of sound: all but those at the start and at the end that are thrown away. */
  public long soundSamples() {
    return Math.max(0, totalSamples - head.preSkip() - trimmedSamples);
  }

  /**
   * Reads a file to its end.
   *
   * @return corrupt if it is no Opus file, has no audio, or lost or damaged pages
   * @throws IOException only if the source fails
   */
  public static Parsed<OpusStream> read(ByteSource source) throws IOException {
    OggPackets packets = new OggPackets(source);
    OggPackets.Packet first = packets.next();
    OggPackets.Packet second = packets.next();
    if (first == null || second == null) {
      return Parsed.corrupt(0, "The file has no Ogg stream");
    }
    return switch (OpusHead.read(first.bytes())) {
      case Parsed.Corrupt<OpusHead>(long offset, String reason) -> Parsed.corrupt(offset, reason);
      case Parsed.Good<OpusHead>(OpusHead head) ->
          switch (OpusTags.read(second.bytes())) {
            case Parsed.Corrupt<OpusTags>(long offset, String reason) ->
                Parsed.corrupt(offset, reason);
            case Parsed.Good<OpusTags>(OpusTags tags) -> audio(packets, head, tags);
          };
    };
  }

  private static Parsed<OpusStream> audio(OggPackets packets, OpusHead head, OpusTags tags)
      throws IOException {
    int count = 0;
    int each = -1;
    long total = 0;
    long start = -1;
    long end = -1;
    OggPackets.@Nullable Packet packet = packets.next();
    while (packet != null) {
      int samples = OpusPacket.samples(packet.bytes());
      if (samples == 0) {
        return Parsed.corrupt(count, "Opus packet " + count + " is broken");
      }
      each = each == -1 || each == samples ? samples : 0;
      total += samples;
      count++;
      if (packet.granule() >= 0) {
        // streams that were recorded from the middle do not start at 0; a single page may end early
        start = start < 0 ? (packet.lastPage() ? 0 : packet.granule() - total) : start;
        end = packet.granule();
      }
      packet = packets.next();
    }
    if (count == 0 || end < 0) {
      return Parsed.corrupt(0, "The Opus stream has no audio");
    }
    if (packets.damaged() > 0) {
      return Parsed.corrupt(0, packets.damaged() + " bytes of the Ogg stream are lost or damaged");
    }
    long trimmed = Math.clamp(start + total - end, 0, total);
    return Parsed.good(new OpusStream(head, tags, count, each, total, trimmed));
  }
}
