package io.castloom.service.stitch;

import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.flac.FlacPicture;
import io.castloom.bitstream.id3.Id3Frame;
import io.castloom.bitstream.id3.Id3Tag;
import io.castloom.bitstream.id3.Id3Version;
import io.castloom.bitstream.id3.Id3Writer;
import io.castloom.bitstream.mp4.Mp4Chapter;
import io.castloom.bitstream.mp4.Mp4Tags;
import io.castloom.bitstream.ogg.OpusTags;
import io.castloom.domain.arrangement.TimeShift.MovedChapter;
import io.castloom.domain.arrangement.Timeline;
import io.castloom.domain.media.Picture;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.EpisodeNotes;
import io.castloom.domain.show.Show;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands before the audio: the episode's tags and its chapters, where they sound. */
final class Head {

  private Head() {}

  static Bytes id3(Show show, Episode episode, Timeline timeline, Bytes cover) {
    EpisodeNotes notes = episode.notes();
    List<Id3Frame> frames = new ArrayList<>();
    frames.add(Id3Frame.Text.of("TIT2", notes.title()));
    frames.add(Id3Frame.Text.of("TALB", show.about().title()));
    frames.add(Id3Frame.Text.of("TPE1", show.about().author()));
    frames.add(Id3Frame.Text.of("TCON", "Podcast"));
    frames.add(Id3Frame.Text.of("TLEN", Long.toString(timeline.length().toMillis())));
    if (notes.number() != null) {
      frames.add(Id3Frame.Text.of("TRCK", notes.number().toString()));
    }
    if (episode.publishedAt() != null) {
      frames.add(
          Id3Frame.Text.of(
              "TDRC", episode.publishedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString()));
    }
    frames.add(new Id3Frame.UserText("PODCASTGUID", episode.guid()));
    if (cover.size() > 0) {
      String mime = Picture.mediaType(cover.toArray());
      frames.add(new Id3Frame.Picture(mime, Id3Frame.Picture.COVER, "", cover));
    }
    List<Id3Tag.Mark> marks = new ArrayList<>();
    for (MovedChapter moved : timeline.shift().chapters(episode.chapters())) {
      if (!moved.chapter().hidden()) {
        marks.add(
            new Id3Tag.Mark(moved.start(), moved.chapter().title(), moved.chapter().link(), null));
      }
    }
    Id3Tag tag = new Id3Tag(frames);
    if (!marks.isEmpty()) {
      tag = tag.withChapters(marks, timeline.length());
    }
    return Id3Writer.write(tag, Id3Version.V2_4);
  }

  static Mp4Tags mp4(Show show, Episode episode, Bytes cover) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("\u00a9nam", episode.notes().title());
    texts.put("\u00a9alb", show.about().title());
    texts.put("\u00a9ART", show.about().author());
    texts.put("\u00a9gen", "Podcast");
    if (episode.publishedAt() != null) {
      texts.put(
          "\u00a9day", episode.publishedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());
    }
    return new Mp4Tags(texts, cover);
  }

  /** Vorbis comments, with chapters in the customary {@code CHAPTERnnn} form. */
  static List<String> comments(Show show, Episode episode, Timeline timeline) {
    OpusTags tags =
        new OpusTags("castloom", List.of())
            .with("TITLE", episode.notes().title())
            .with("ALBUM", show.about().title())
            .with("ARTIST", show.about().author())
            .with("GENRE", "Podcast")
            .with("PODCASTGUID", episode.guid());
    if (episode.publishedAt() != null) {
      tags =
          tags.with(
              "DATE", episode.publishedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString());
    }
    int number = 0;
    for (Mp4Chapter chapter : chapters(episode, timeline)) {
      tags = tags.withChapter(number++, chapter.start(), chapter.title());
    }
    return tags.comments();
  }

  static OpusTags opus(Show show, Episode episode, Timeline timeline, Bytes cover) {
    OpusTags tags = new OpusTags("castloom", comments(show, episode, timeline));
    return cover.size() == 0
        ? tags
        : tags.with(
            "METADATA_BLOCK_PICTURE",
            Base64.getEncoder().encodeToString(FlacPicture.cover(cover).toArray()));
  }

  static List<Mp4Chapter> chapters(Episode episode, Timeline timeline) {
    return timeline.shift().chapters(episode.chapters()).stream()
        .filter(moved -> !moved.chapter().hidden())
        .map(moved -> new Mp4Chapter(moved.start(), moved.chapter().title()))
        .toList();
  }
}
