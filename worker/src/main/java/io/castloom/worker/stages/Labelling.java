package io.castloom.worker.stages;

import io.castloom.bitstream.BytePlan;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.FileSource;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.PieceReader;
import io.castloom.bitstream.id3.Id3Frame;
import io.castloom.bitstream.id3.Id3Tag;
import io.castloom.bitstream.id3.Id3Version;
import io.castloom.bitstream.id3.Id3Writer;
import io.castloom.bitstream.mp4.Mp4Audio;
import io.castloom.bitstream.mp4.Mp4File;
import io.castloom.bitstream.mp4.Mp4Reader;
import io.castloom.bitstream.mp4.Mp4Tags;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.media.Labels;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Gives a rendition the tags and the cover of its profile: ID3v2.3 before an MP3, which every
 * player reads, and iTunes' list in an M4A. The encoded sound is copied byte for byte.
 */
final class Labelling {

  private static final Map<String, String> ID3 =
      Map.of(
          "title", "TIT2",
          "artist", "TPE1",
          "album", "TALB",
          "albumArtist", "TPE2",
          "genre", "TCON",
          "copyright", "TCOP");
  private static final Map<String, String> MP4 =
      Map.of(
          "title", "\u00a9nam",
          "artist", "\u00a9ART",
          "album", "\u00a9alb",
          "albumArtist", "aART",
          "genre", "\u00a9gen",
          "date", "\u00a9day",
          "comment", "\u00a9cmt",
          "copyright", "cprt");

  private final ObjectStore store;

  Labelling(ObjectStore store) {
    this.store = store;
  }

  /** The same rendition with its labels, beside the file; the file itself when it has none. */
  Path labelled(Path file, Original original, Profile profile) throws IOException, StageFailure {
    Labels labels = profile.labels();
    if (labels == null) {
      return file;
    }
    SortedMap<String, String> tags = labels.over(original.media().tags());
    Bytes cover = cover(original, labels);
    if (tags.isEmpty() && cover.size() == 0) {
      return file;
    }
    String name = file.toString();
    Path output = file.resolveSibling("labelled-" + file.getFileName());
    try (FileSource source = FileSource.open(file)) {
      BytePlan plan =
          switch (profile.codec()) {
            case MP3 ->
                BytePlan.literal(Id3Writer.write(id3(tags, cover), Id3Version.V2_3))
                    .then(BytePlan.of(new BytePlan.CopyRange(name, 0, source.size())));
            case AAC -> m4a(source, name, tags, cover);
            case OPUS, FLAC, WAV ->
                throw new StageFailure(
                    new TaskOutcome.Rejected(
                        "profile %s: only MP3 and M4A carry tags and a cover"
                            .formatted(profile.name())));
          };
      plan.writeTo(output, PieceReader.of(Map.of(name, source)));
    }
    return output;
  }

  private Bytes cover(Original original, Labels labels) throws IOException, StageFailure {
    if (labels.cover() == null) {
      return Bytes.EMPTY;
    }
    String key = Labels.coverKey(original.account(), labels.cover());
    byte[] picture;
    try (ObjectContent content = store.get(key, null)) {
      picture = content.stream().readNBytes(Picture.MOST_BYTES + 1);
    } catch (NoSuchObjectException e) {
      throw new StageFailure(
          new TaskOutcome.Rejected("the profile's cover " + labels.cover() + " is not stored"));
    }
    String problem = Picture.problem(picture);
    if (problem != null) {
      throw new StageFailure(new TaskOutcome.Rejected(problem));
    }
    return Bytes.adopt(picture);
  }

  private static Id3Tag id3(SortedMap<String, String> tags, Bytes cover) {
    List<Id3Frame> frames = new ArrayList<>();
    tags.forEach(
        (name, text) -> {
          String id = ID3.get(name);
          if (id != null) {
            frames.add(Id3Frame.Text.of(id, text));
          } else if (name.equals("date")) {
            frames.add(Id3Frame.Text.of("TYER", text.substring(0, Math.min(4, text.length()))));
          } else if (name.equals("comment")) {
            frames.add(new Id3Frame.Comment("COMM", "und", "", text));
          }
        });
    if (cover.size() > 0) {
      String mime = Picture.mediaType(cover.toArray());
      frames.add(new Id3Frame.Picture(mime, Id3Frame.Picture.COVER, "", cover));
    }
    return new Id3Tag(frames);
  }

  private static BytePlan m4a(
      FileSource source, String name, SortedMap<String, String> tags, Bytes cover)
      throws IOException {
    Map<String, String> items = new LinkedHashMap<>();
    tags.forEach(
        (tag, text) -> {
          String item = MP4.get(tag);
          if (item != null) {
            items.put(item, text);
          }
        });
    return switch (Mp4Reader.read(source)) {
      case Parsed.Good<Mp4Audio>(Mp4Audio audio) ->
          Mp4File.plan(audio.units(), audio.unitsOf(name), new Mp4Tags(items, cover), List.of());
      case Parsed.Corrupt<Mp4Audio>(long offset, String reason) ->
          throw new IOException(
              "the encoder wrote no M4A: %s (at byte %d)".formatted(reason, offset));
    };
  }
}
