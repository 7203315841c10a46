package io.castloom.bitstream.id3;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.Bytes;
import io.castloom.bitstream.Parsed;
import io.castloom.bitstream.judge.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class Id3Properties {
  @Property(tries = 300)
  void what_is_written_is_read_again(
      @ForAll("tags") Id3Tag tag, @ForAll Id3Version version, @ForAll boolean padded)
      throws IOException {
    Bytes bytes = Id3Writer.write(tag, version, padded ? 100 : 0);
    assertThat(Id3Reader.read(ByteSource.of(bytes.toArray()))).isEqualTo(Parsed.good(tag));
  }

  @Property(tries = 100)
  void unsynchronised_tags_are_read_as_well(@ForAll("tags") Id3Tag tag) throws IOException {
    byte[] plain = Id3Writer.write(tag, Id3Version.V2_3).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 10; i < plain.length; i++) {
      out.write(plain[i]);
      if (plain[i] == -1) {
        out.write(0);
      }
    }
    byte[] body = out.toByteArray();
    byte[] all = new byte[10 + body.length];
    System.arraycopy(plain, 0, all, 0, 10);
    all[5] = (byte) 0x80;
    for (int i = 0; i < 4; i++) {
      all[6 + i] = (byte) ((body.length >>> (21 - 7 * i)) & 0x7f);
    }
    System.arraycopy(body, 0, all, 10, body.length);
    assertThat(Id3Reader.read(ByteSource.of(all))).isEqualTo(Parsed.good(tag));
  }

  @Property(tries = 500)
  void broken_tags_never_throw_or_hang(
      @ForAll("tags") Id3Tag tag, @ForAll Id3Version version, @ForAll long seed)
      throws IOException {
    byte[] bytes = Id3Writer.write(tag, version).toArray();
    assertThat(Id3Reader.read(ByteSource.of(Fuzz.mutated(bytes, seed)))).isNotNull();
  }

  @Provide
  Arbitrary<Id3Tag> tags() {
    return frames(true).list().ofMaxSize(8).map(Id3Tag::new);
  }

  private static Arbitrary<Id3Frame> frames(boolean chapters) {
    // neither terminators nor what version 2.3 joins with, nor halves of surrogate pairs
    Arbitrary<String> text =
        Arbitraries.strings()
            .withCharRange(' ', '\u024f')
            .excludeChars('/', '\u007f')
            .ofMaxLength(20);
    Arbitrary<String> latin = Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(10);
    Arbitrary<Bytes> bytes =
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(300).map(Bytes::copyOf);
    Arbitrary<Id3Frame> simple =
        Arbitraries.oneOf(
            List.of(
                Combinators.combine(Arbitraries.of("TIT2", "TALB", "TPE1"), text)
                    .as(Id3Frame.Text::of),
                Combinators.combine(text, text).as(Id3Frame.UserText::new),
                latin.map(url -> new Id3Frame.Link("WOAF", url)),
                Combinators.combine(text, latin).as(Id3Frame.UserLink::new),
                Combinators.combine(Arbitraries.of("COMM", "USLT"), text, text)
                    .as((id, a, b) -> new Id3Frame.Comment(id, "eng", a, b)),
                Combinators.combine(text, bytes)
                    .as((a, data) -> new Id3Frame.Picture("image/png", 3, a, data)),
                bytes.map(data -> new Id3Frame.Other("PRIV", data))));
    if (!chapters) {
      return simple;
    }
    Arbitrary<Id3Frame> chapter =
        Combinators.combine(
                latin,
                Arbitraries.integers().between(0, 1_000_000),
                Arbitraries.integers().between(0, 1_000_000),
                frames(false).list().ofMaxSize(3))
            .as(
                (name, start, length, inside) ->
                    new Id3Frame.Chapter(
                        name, Duration.ofMillis(start), Duration.ofMillis(start + length), inside));
    Arbitrary<Id3Frame> contents =
        Combinators.combine(latin, latin.list().ofMaxSize(5), frames(false).list().ofMaxSize(2))
            .as(
                (name, children, inside) ->
                    new Id3Frame.Contents(name, true, false, children, inside));
    return Arbitraries.oneOf(List.of(simple, chapter, contents));
  }
}
