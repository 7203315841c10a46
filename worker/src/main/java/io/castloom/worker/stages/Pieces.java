package io.castloom.worker.stages;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Mp3Scan;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp4.AccessUnits;
import io.castloom.bitstream.mp4.Mp4Reader;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.bitstream.ogg.OpusStream;
import io.castloom.domain.job.Product;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.tasks.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes renditions: the audio and beside it the index of its frames. The index goes first, so
 * whoever finds the audio finds both; whoever comes second finds the same bytes there already.
 */
final class Pieces {

  private final ObjectStore store;

  Pieces(ObjectStore store) {
    this.store = store;
  }

  /**
   * A rendition's file.
   *
   * @param seconds of sound, where the file itself does not say it exactly
   * @param index of an MP3's frames where they are known; else the file is read for them
   */
  record Rendered(Path file, double seconds, @Nullable FrameIndex index) {}

  /**
   * Stores a rendition.
   *
   * @param facts more to be known of it
   */
  Product publish(
      PieceKey key,
      Profile profile,
      Rendered rendered,
      Map<String, String> facts,
      TaskContext context)
      throws IOException, StageFailure {
    Path file = rendered.file();
    Map<String, String> all = new HashMap<>(facts);
    all.put("encoder", key.encoder());
    all.put("seconds", String.format(Locale.ROOT, "%.3f", rendered.seconds()));
    byte[] index = null;
    switch (key.codec()) {
      case MP3 -> {
        FrameIndex known = rendered.index();
        FrameIndex frames = known == null ? scan(file).index() : known;
        index = frames.encode();
        exact(all, frames.soundSamples(), frames.rateHz());
      }
      case AAC -> {
        AccessUnits units = read(file, Mp4Reader::read).units();
        index = units.encode();
        exact(all, units.soundSamples(), units.rateHz());
      }
      case FLAC -> {
        FlacStream frames = read(file, FlacStream::read);
        index = frames.encode();
        exact(all, frames.samples(), frames.info().rateHz());
      }
      case OPUS -> {
        OpusPiece packets = read(file, OpusPiece::read);
        index = packets.encode();
        exact(all, packets.stream().soundSamples(), OpusStream.RATE_HZ);
      }
      case WAV -> {}
    }
    if (!context.publishable()) {
      throw StageFailure.leaseInDoubt();
    }
    if (index != null) {
      all.put("index", key.index());
      store.put(
          key.index(), ObjectData.of(index, "application/octet-stream"), PutCondition.ifAbsent());
    }
    store.put(key.audio(), ObjectData.of(file, key.codec().mediaType()), PutCondition.ifAbsent());
    return new Product(profile.name(), key.audio(), Files.size(file), key.codec().mediaType(), all);
  }

  /** An MP3 that is stored already, because an earlier try died right behind it. */
  Optional<Product> stored(PieceKey key, Profile profile) throws IOException {
    Optional<ObjectInfo> audio = store.head(key.audio());
    if (audio.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectContent content = store.get(key.index(), null)) {
      if (FrameIndex.decode(content.stream().readAllBytes())
          instanceof Parsed.Good<FrameIndex>(FrameIndex frames)) {
        Map<String, String> facts = new HashMap<>();
        facts.put("encoder", key.encoder());
        facts.put("index", key.index());
        exact(facts, frames.soundSamples(), frames.rateHz());
        return Optional.of(
            new Product(
                profile.name(),
                key.audio(),
                audio.get().sizeBytes(),
                key.codec().mediaType(),
                facts));
      }
      return Optional.empty();
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  private static void exact(Map<String, String> facts, long samples, int rateHz) {
    facts.put("samples", Long.toString(samples));
    facts.put("seconds", String.format(Locale.ROOT, "%.3f", samples / (double) rateHz));
  }

  /** The frames of an MP3 that an encoder of ours wrote. */
  static Mp3Scan scan(Path mp3) throws IOException {
    return read(mp3, Mp3Scanner::scan);
  }

  private interface Reading<T> {
    Parsed<T> of(ByteSource source) throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) throws IOException {
    try (FileSource source = FileSource.open(file)) {
      return switch (reading.of(source)) {
        case Parsed.Good<T>(T value) -> value;
        case Parsed.Corrupt<T>(long offset, String reason) ->
            throw new IOException(
                "the encoder wrote a broken file: %s (at byte %d)".formatted(reason, offset));
      };
    }
  }
}
