package io.castloom.assembler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.apptasticsoftware.rssreader.Enclosure;
import com.apptasticsoftware.rssreader.module.itunes.ItunesChannel;
import com.apptasticsoftware.rssreader.module.itunes.ItunesItem;
import com.apptasticsoftware.rssreader.module.itunes.ItunesOwner;
import com.apptasticsoftware.rssreader.module.itunes.ItunesRssReader;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Show;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a feed reader understands that shares nothing with the library which wrote the feed. */
class ReadersTest {
  private static final Instant FIRST = Instant.parse("2026-10-01T06:00:00Z");

  private static List<ItunesItem> read(FeedPage page) {
    return new ItunesRssReader().read(new ByteArrayInputStream(page.bytes())).toList();
  }

  @Test
  void a_reader_finds_the_show_and_who_makes_it() {
    Show show =
        FeedSamples.show(
            Documents.with(
                Documents.show(),
                "feed",
                Map.of(
                    "ownerEmail", "ann@example.org",
                    "link", "https://example.org/talk",
                    "copyright", "\u00a9 Ann & Co")));
    ItunesItem item =
        read(FeedSamples.pages(show, List.of(FeedSamples.item("first", FIRST, false))).getFirst())
            .getFirst();

    assertThat(item.getChannel()).isInstanceOf(ItunesChannel.class);
    ItunesChannel channel = (ItunesChannel) item.getChannel();
    assertThat(channel.getTitle()).isEqualTo("Talk of the Town");
    assertThat(channel.getDescription()).isEqualTo("People who talk.");
    assertThat(channel.getLink()).isEqualTo("https://example.org/talk");
    assertThat(channel.getLanguage()).contains("en-gb");
    assertThat(channel.getCopyright()).contains("\u00a9 Ann & Co");
    assertThat(channel.getItunesAuthor()).contains("Ann Author");
    assertThat(channel.getItunesImage()).isEqualTo("https://example.org/cover.jpg");
    assertThat(channel.getItunesExplicit()).isFalse();
    assertThat(channel.getItunesType()).contains("episodic");
    assertThat(channel.getItunesCategories())
        .containsExactly("Technology", "Society & Culture", "Documentary");
    assertThat(channel.getItunesOwner().map(ItunesOwner::getEmail)).contains("ann@example.org");
  }

  @Test
  void a_reader_finds_the_episode_its_bytes_its_time_and_its_words() {
    ItunesItem item =
        read(FeedSamples.pages(
                    FeedSamples.show(Documents.show()),
                    List.of(FeedSamples.item("first", FIRST, false)))
                .getFirst())
            .getFirst();

    assertThat(item.getTitle()).contains("The first");
    assertThat(item.getItunesTitle()).contains("The first");
    assertThat(item.getGuid()).contains("castloom:talk:first");
    assertThat(item.getIsPermaLink()).contains(false);
    assertThat(item.getPubDateAsZonedDateTime().orElseThrow().toInstant()).isEqualTo(FIRST);
    assertThat(item.getDescription())
        .contains("<p>Bread & <b>salt</b>: \u00e4\u20ac\ud83c\udf99</p>");
    assertThat(item.getItunesDurationAsDuration()).contains(Duration.ofSeconds(3_735));
    assertThat(item.getItunesEpisodeType()).contains("full");
    Enclosure enclosure = item.getEnclosure().orElseThrow();
    assertThat(enclosure.getUrl()).isEqualTo("https://cast.example.org/media/talk/first.mp3");
    assertThat(enclosure.getType()).isEqualTo("audio/mpeg");
    assertThat(enclosure.getLength()).contains(5_000_000_000L);
  }

  @Test
  void a_reader_that_turns_the_pages_finds_every_episode_once_newest_first() {
    List<FeedItem> items = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      items.add(FeedSamples.item("e" + i, FIRST.plus(Duration.ofDays(i)), i % 2 == 0));
    }
    Show show = FeedSamples.show(Documents.with(Documents.show(), "feed", Map.of("pageSize", 10)));
    List<Instant> found = new ArrayList<>();
    for (FeedPage page : FeedSamples.pages(show, items)) {
      read(page).forEach(i -> found.add(i.getPubDateAsZonedDateTime().orElseThrow().toInstant()));
    }
    List<Instant> expected = new ArrayList<>();
    for (int i = 22; i >= 0; i--) {
      expected.add(FIRST.plus(Duration.ofDays(i)));
    }
    assertThat(found).isEqualTo(expected);
  }
}
