package io.castloom.service.stitch;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp4.Mp4Audio;
import io.castloom.bitstream.mp4.Mp4Reader;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.memory.Lru;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The stored pieces and their frame indexes. Indexes are kept in memory, those used last, and so
 * are the few frames that are read at a piece's start: thousands of episodes of a night begin the
 * same ads. Both never change. Thread-safe.
 */
public final class PieceLibrary implements PieceReader {

  private static final int KEPT = 256;

  /** Frames around a cut are a kilobyte or two; all kept ones at most 2 MiB. */
  private static final int MOST_KEPT_BYTES = 4 << 10;

  private static final int KEPT_READS = 512;

  private final ObjectStore store;
  private final Map<String, StoredPiece> kept = new Lru<>(KEPT);
  private final Map<Read, byte[]> reads = new Lru<>(KEPT_READS);

  private record Read(String piece, long offset, int length) {}

  /**
   * @param store the private bucket
   */
  public PieceLibrary(ObjectStore store) {
    this.store = store;
  }

  /** The store that the pieces lie in, for copying ranges of them. */
  public ObjectStore store() {
    return store;
  }

  /**
   * A piece; empty when it is not stored (yet).
   *
   * @throws CorruptPieceException its index cannot be read, or is not that of its audio
   */
  public Optional<StoredPiece> find(PieceKey key) throws IOException {
    synchronized (kept) {
      StoredPiece known = kept.get(key.audio());
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<ObjectInfo> audio = store.head(key.audio());
    if (audio.isEmpty()) {
      return Optional.empty();
    }
    StoredPiece piece = read(key, audio.get().sizeBytes());
    synchronized (kept) {
      kept.put(key.audio(), piece);
    }
    return Optional.of(piece);
  }

  private StoredPiece read(PieceKey key, long audioBytes) throws IOException {
    return switch (key.codec()) {
      case MP3 -> mp3(key, audioBytes);
      case AAC -> m4a(key, audioBytes);
      case FLAC -> flac(key, audioBytes);
      case OPUS -> opus(key, audioBytes);
      case WAV ->
          throw new CorruptPieceException(key.audio(), "pieces of this kind are not spliced");
    };
  }

  private StoredPiece flac(PieceKey key, long audioBytes) throws IOException {
    FlacStream stream =
        frames(key, audioBytes, FlacStream::decode, FlacStream::bytes, FlacStream::read);
    if (stream.samples() > Integer.MAX_VALUE) {
      throw new CorruptPieceException(key.audio(), "it has more than 2^31 samples");
    }
    return new StoredPiece.Flac(key.audio(), stream);
  }

  private StoredPiece opus(PieceKey key, long audioBytes) throws IOException {
    OpusPiece piece = frames(key, audioBytes, OpusPiece::decode, OpusPiece::end, OpusPiece::read);
    return new StoredPiece.Opus(key.audio(), piece);
  }

  private interface Scan<T> {
    Parsed<T> read(ByteSource source) throws IOException;
  }

  /**
   * Frames by their stored index. Renditions of before there were any are read as a whole, once.
   *
   * @param end the byte with which the last frame ends, which is the file's end
   */
  private <T> T frames(
      PieceKey key,
      long audioBytes,
      Function<byte[], Parsed<T>> decode,
      ToLongFunction<T> end,
      Scan<T> scan)
      throws IOException {
    Optional<byte[]> index = index(key);
    if (index.isEmpty()) {
      return sound(key.audio(), scan.read(new StoredBytes(this, key.audio(), audioBytes)));
    }
    T frames = sound(key.index(), decode.apply(index.get()));
    if (end.applyAsLong(frames) != audioBytes) {
      throw otherLength(key, audioBytes, end.applyAsLong(frames));
    }
    return frames;
  }

  private static <T> T sound(String name, Parsed<T> parsed) throws CorruptPieceException {
    return switch (parsed) {
      case Parsed.Good<T>(T value) -> value;
      case Parsed.Corrupt<T>(long at, String reason) ->
          throw new CorruptPieceException(name, reason + " at byte " + at);
    };
  }

  private static CorruptPieceException otherLength(PieceKey key, long bytes, long indexed) {
    return new CorruptPieceException(
        key.audio(), "it has " + bytes + " bytes, its index says " + indexed);
  }

  private Optional<byte[]> index(PieceKey key) throws IOException {
    try (ObjectContent content = store.get(key.index(), null)) {
      return Optional.of(content.stream().readAllBytes());
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
  }

  /** The units stand in the file's own tables, which are read instead of the audio. */
  private StoredPiece m4a(PieceKey key, long audioBytes) throws IOException {
    StoredBytes bytes = new StoredBytes(this, key.audio(), audioBytes);
    Mp4Audio audio = sound(key.audio(), Mp4Reader.read(bytes));
    if (!audio.isContiguous()) {
      throw new CorruptPieceException(key.audio(), "its units are not in one run");
    }
    return new StoredPiece.M4a(audio.piece(key.audio()));
  }

  private StoredPiece mp3(PieceKey key, long audioBytes) throws IOException {
    Optional<byte[]> index = index(key);
    if (index.isEmpty()) {
      throw new CorruptPieceException(key.audio(), "its frame index is missing");
    }
    FrameIndex frames = sound(key.index(), FrameIndex.decode(index.get()));
    if (frames.bytes() > audioBytes) {
      throw otherLength(key, audioBytes, frames.bytes());
    }
    return StoredPiece.Mp3.of(key, frames, audioBytes);
  }

  /** The bytes are not to be changed. */
  @Override
  public byte[] read(String piece, long offset, int length) throws IOException {
    if (length > MOST_KEPT_BYTES) {
      return fresh(piece, offset, length);
    }
    Read what = new Read(piece, offset, length);
    synchronized (reads) {
      byte[] known = reads.get(what);
      if (known != null) {
        return known;
      }
    }
    byte[] bytes = fresh(piece, offset, length);
    synchronized (reads) {
      reads.put(what, bytes);
    }
    return bytes;
  }

  private byte[] fresh(String piece, long offset, int length) throws IOException {
    try (ObjectContent content = store.get(piece, new ByteRange(offset, length))) {
      byte[] bytes = content.stream().readNBytes(length);
      if (bytes.length < length) {
        throw new CorruptPieceException(piece, "it ends before byte " + (offset + length));
      }
      return bytes;
    }
  }
}
