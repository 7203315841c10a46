package io.castloom.service.stitch;

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
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stored pieces and their frame indexes. Indexes are kept in memory, those used last; they
 * never change. Thread-safe.
 */
public final class PieceLibrary implements PieceReader {

  private static final int KEPT = 256;

  private final ObjectStore store;
  private final Map<String, StoredPiece> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StoredPiece> eldest) {
          return size() > KEPT;
        }
      };

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

  /** Every frame is proved by its checksums, so the piece is read once as a whole. */
  private StoredPiece flac(PieceKey key, long audioBytes) throws IOException {
    return switch (FlacStream.read(new StoredBytes(this, key.audio(), audioBytes))) {
      case Parsed.Good<FlacStream>(FlacStream stream) when stream.samples() <= Integer.MAX_VALUE ->
          new StoredPiece.Flac(key.audio(), stream);
      case Parsed.Good<FlacStream> _ ->
          throw new CorruptPieceException(key.audio(), "it has more than 2^31 samples");
      case Parsed.Corrupt<FlacStream>(long at, String reason) ->
          throw new CorruptPieceException(key.audio(), reason + " at byte " + at);
    };
  }

  /** Where its packets lie stands in the pages alone, so the piece is read as a whole. */
  private StoredPiece opus(PieceKey key, long audioBytes) throws IOException {
    return switch (OpusPiece.read(new StoredBytes(this, key.audio(), audioBytes))) {
      case Parsed.Good<OpusPiece>(OpusPiece piece) -> new StoredPiece.Opus(key.audio(), piece);
      case Parsed.Corrupt<OpusPiece>(long at, String reason) ->
          throw new CorruptPieceException(key.audio(), reason + " at byte " + at);
    };
  }

  /** The units stand in the file's own tables, which are read instead of the audio. */
  private StoredPiece m4a(PieceKey key, long audioBytes) throws IOException {
    return switch (Mp4Reader.read(new StoredBytes(this, key.audio(), audioBytes))) {
      case Parsed.Good<Mp4Audio>(Mp4Audio audio) when audio.isContiguous() ->
          new StoredPiece.M4a(audio.piece(key.audio()));
      case Parsed.Good<Mp4Audio> _ ->
          throw new CorruptPieceException(key.audio(), "its units are not in one run");
      case Parsed.Corrupt<Mp4Audio>(long at, String reason) ->
          throw new CorruptPieceException(key.audio(), reason + " at byte " + at);
    };
  }

  private StoredPiece mp3(PieceKey key, long audioBytes) throws IOException {
    byte[] index;
    try (ObjectContent content = store.get(key.index(), null)) {
      index = content.stream().readAllBytes();
    } catch (NoSuchObjectException e) {
      throw new CorruptPieceException(key.audio(), "its frame index is missing");
    }
    return switch (FrameIndex.decode(index)) {
      case Parsed.Good<FrameIndex>(FrameIndex frames) when frames.bytes() <= audioBytes ->
          StoredPiece.Mp3.of(key, frames, audioBytes);
      case Parsed.Good<FrameIndex>(FrameIndex frames) ->
          throw new CorruptPieceException(
              key.audio(), "it has " + audioBytes + " bytes, its index says " + frames.bytes());
      case Parsed.Corrupt<FrameIndex>(long at, String reason) ->
          throw new CorruptPieceException(key.index(), reason + " at byte " + at);
    };
  }

  @Override
  public byte[] read(String piece, long offset, int length) throws IOException {
    try (ObjectContent content = store.get(piece, new ByteRange(offset, length))) {
      byte[] bytes = content.stream().readNBytes(length);
      if (bytes.length < length) {
        throw new CorruptPieceException(piece, "it ends before byte " + (offset + length));
      }
      return bytes;
    }
  }
}
