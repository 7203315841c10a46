package io.castloom.tests.splice;

import io.castloom.assembler.publish.Publisher;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.mp3.FrameIndex;
import io.castloom.bitstream.mp3.Mp3Scanner;
import io.castloom.bitstream.mp4.AccessUnits;
import io.castloom.bitstream.mp4.Mp4Reader;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.bitstream.ogg.OpusStream;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.Segment;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Originals;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.stitch.Covers;
import io.castloom.service.stitch.EpisodeStitcher;
import io.castloom.service.stitch.PieceLibrary;
import io.castloom.service.stitch.PieceNeed;
import io.castloom.service.stitch.Stitched;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Pieces stored as the workers store them, and the assembler's own way from an arrangement to a
 * published file, without its documents and queues.
 */
public final class PieceShelf {

  private static final String ENCODER = "proof";

  private final ObjectStore pieces;
  private final ObjectStore published;
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, Path> byKey = new HashMap<>();
  private final Map<String, Duration> lengths = new HashMap<>();

  /**
   * @param pieces the private bucket
   * @param published the public one
   */
  public PieceShelf(ObjectStore pieces, ObjectStore published) {
    this.pieces = pieces;
    this.published = published;
  }

  /** Stores an encoded file as a piece; gives the name that documents call its recording by. */
  public String shelve(Path encoded, Segment.Kind kind, Profile profile) throws IOException {
    String name = digest(encoded);
    shelve(name, encoded, new PieceNeed(kind, name, ""), profile);
    return name;
  }

  /** Stores an encoded file as the piece of a recording that is needed. */
  public void shelve(String name, Path encoded, PieceNeed need, Profile profile)
      throws IOException {
    PieceKey key = need.key(profile, ENCODER);
    try (FileSource source = FileSource.open(encoded)) {
      switch (profile.codec()) {
        case MP3 -> {
          FrameIndex index = Mp3Scanner.scan(source).orThrow().index();
          keep(key.index(), index.encode());
          lengths.put(name, length(index.soundSamples(), index.rateHz()));
        }
        case AAC -> {
          AccessUnits units = Mp4Reader.read(source).orThrow().units();
          lengths.put(name, length(units.soundSamples(), units.rateHz()));
        }
        case FLAC -> {
          FlacStream stream = FlacStream.read(source).orThrow();
          keep(key.index(), stream.encode());
          lengths.put(name, length(stream.samples(), stream.info().rateHz()));
        }
        case OPUS -> {
          OpusPiece piece = OpusPiece.read(source).orThrow();
          keep(key.index(), piece.encode());
          OpusStream stream = piece.stream();
          lengths.put(name, length(stream.soundSamples(), OpusStream.RATE_HZ));
        }
        case WAV -> throw new IllegalArgumentException("no episodes are made of WAV");
      }
    }
    pieces.put(
        key.audio(), ObjectData.of(encoded, profile.codec().mediaType()), PutCondition.ifAbsent());
    files.put(name, encoded);
    byKey.put(key.audio(), encoded);
  }

  private void keep(String key, byte[] index) throws IOException {
    pieces.put(key, ObjectData.of(index, "application/octet-stream"), PutCondition.ifAbsent());
  }

  /** The local file of a recording. */
  public Path file(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  /** How long a recording sounds. */
  public Duration length(String name) {
    return Objects.requireNonNull(lengths.get(name), name);
  }

  /** The local files by the keys that plans name. */
  public Map<String, Path> filesByKey() {
    return Map.copyOf(byKey);
  }

  /** Plans an episode with nothing kept in memory from earlier ones. */
  public Stitched.File plan(DraftEpisode draft) throws IOException {
    return switch (stitch(draft)) {
      case Stitched.File file -> file;
      case Stitched.Missing missing -> throw new IllegalStateException(missing.toString());
      case Stitched.Impossible impossible -> throw new IllegalStateException(impossible.toString());
    };
  }

  /** What comes of planning an episode, whatever it is, with nothing kept from earlier ones. */
  public Stitched stitch(DraftEpisode draft) throws IOException {
    return stitch(draft, new PieceLibrary(pieces));
  }

  /** Plans an episode with what a library knows already. */
  public Stitched stitch(DraftEpisode draft, PieceLibrary library) throws IOException {
    Originals originals = name -> new Originals.Facts(name, length(name));
    Arrangement arrangement = draft.arrangement(originals, ENCODER);
    Bytes cover =
        new Covers(pieces)
            .find(
                new AccountId(draft.show().account()), Covers.name(draft.show(), draft.episode()));
    return new EpisodeStitcher(library)
        .stitch(draft.show(), draft.episode(), arrangement, draft.profile(), cover);
  }

  /** A library of the pieces that knows none of them yet. */
  public PieceLibrary library() {
    return new PieceLibrary(pieces);
  }

  /** Makes a planned file in the public bucket. */
  public void publish(String key, DraftEpisode draft, Stitched.File file) throws IOException {
    new Publisher(new PieceLibrary(pieces), published)
        .publish(key, draft.profile().codec().mediaType(), file);
  }

  /** Brings a published file onto the disk. */
  public Path fetch(String key, Path target) throws IOException {
    try (ObjectContent content = published.get(key, null)) {
      Files.copy(content.stream(), target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  private static Duration length(long samples, int rateHz) {
    return Duration.ofNanos(Math.round(samples * 1e9 / rateHz));
  }

  private static String digest(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[1 << 20];
      for (int n = in.read(block); n > 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
    }
    return Sha256.finish(digest.digest()).hex();
  }
}
