package io.castloom.domain.arrangement;

import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash of everything that the file of an episode, its tags, chapters and transcripts are made
 * from. Each part is written with its length, so that no two different lists of parts give the same
 * bytes.
 */
final class Fingerprint {
  /** Changes when the assembler begins to write files differently from the same parts. */
  private static final String FORM = "castloom-arrangement-2";

  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String of(Show show, Episode episode, Rendering rendering, List<Segment> segments) {
    Fingerprint print = new Fingerprint();
    print.add(FORM, rendering.profile(), rendering.encoder());
    print.add(show.id(), show.about().title(), show.about().author(), show.about().language());
    print.add(show.about().cover(), show.sound().loudness());
    print.add(episode.id(), episode.notes(), episode.publishedAt());
    print.add("segments", segments.size());
    segments.forEach(s -> print.add(s.kind(), s.slot(), s.original(), s.from(), s.to()));
    print.add("chapters", episode.chapters().size());
    episode.chapters().forEach(print::add);
    print.add("soundbites", episode.soundbites().size());
    episode.soundbites().forEach(print::add);
    print.add("transcript", episode.transcript());
    return HexFormat.of().formatHex(print.digest.digest());
  }

  /** Records print their components in order, so their text says everything. */
  private void add(@Nullable Object... parts) {
    for (Object part : parts) {
      byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
  }
}
