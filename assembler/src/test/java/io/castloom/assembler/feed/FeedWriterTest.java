package io.castloom.assembler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.Soundbite;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Feeds read by the JDK's own parser and held against Apple's and the podcast namespace's rules.
 */
class FeedWriterTest {
  private static final String PODCAST = "https://podcastindex.org/namespace/1.0";
  private static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final FeedWriter WRITER =
      new FeedWriter(new FeedAddresses(URI.create("https://cast.example.org")));

  private static Show show(Map<String, Object> feed) {
    return good(Show.read(Documents.with(Documents.show(), "feed", feed), Documents.PROFILES));
  }

  private static <T> T good(Reading<T> reading) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static FeedItem item(Map<String, Object> tree) {
    Episode episode = good(Episode.read(tree, Documents.aShow(), Documents.ORIGINALS));
    String at = "https://cast.example.org/media/talk/" + episode.id();
    return new FeedItem(
        episode,
        List.of(
            new FeedItem.Media(URI.create(at + ".mp3"), "audio/mpeg", 59_412_345, "mp3-128"),
            new FeedItem.Media(URI.create(at + ".m4a"), "audio/mp4", 58_000_001, "aac-128")),
        Duration.ofMillis(3_734_600),
        URI.create("https://cast.example.org/chapters/talk/" + episode.id() + "/ab.json"),
        List.of(
            new FeedItem.Text(URI.create(at + ".vtt"), "text/vtt", "en-GB"),
            new FeedItem.Text(URI.create(at + ".srt"), "application/x-subrip", "en-GB")),
        List.of(new Soundbite(Duration.ofMillis(635_250), Duration.ofSeconds(30), "Best of")));
  }

  private static FeedItem item(String id, String published) {
    Map<String, Object> tree = Documents.with(Documents.episode(), "id", id);
    tree.put("publishedAt", published);
    return item(tree);
  }

  private static Document parse(FeedPage page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(page.bytes()));
  }

  private static String at(Document document, String path) throws Exception {
    XPath xpath = XPathFactory.newInstance().newXPath();
    return xpath.evaluate(path, document);
  }

  private static List<Element> all(Document document, String namespace, String name) {
    NodeList nodes = document.getElementsByTagNameNS(namespace, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void the_channel_has_what_apple_requires() throws Exception {
    Show show =
        show(
            Map.of(
                "ownerEmail",
                "ann@example.org",
                "link",
                "https://example.org/talk",
                "copyright",
                "© Ann & Co"));
    Document feed = parse(WRITER.write(show, List.of(item(Documents.episode())), NOW).getFirst());
    assertThat(at(feed, "/rss/@version")).isEqualTo("2.0");
    assertThat(at(feed, "/rss/channel/title")).isEqualTo("Talk of the Town");
    assertThat(at(feed, "/rss/channel/link")).isEqualTo("https://example.org/talk");
    assertThat(at(feed, "/rss/channel/description")).isEqualTo("People who talk.");
    assertThat(at(feed, "/rss/channel/language")).isEqualTo("en-gb");
    assertThat(at(feed, "/rss/channel/copyright")).isEqualTo("© Ann & Co");
    assertThat(all(feed, ITUNES, "image").getFirst().getAttribute("href"))
        .isEqualTo("https://example.org/cover.jpg");
    assertThat(all(feed, ITUNES, "explicit"))
        .extracting(Element::getTextContent)
        .containsOnly("false");
    assertThat(all(feed, ITUNES, "type").getFirst().getTextContent()).isEqualTo("episodic");
    assertThat(all(feed, ITUNES, "email").getFirst().getTextContent()).isEqualTo("ann@example.org");
    assertThat(all(feed, ITUNES, "category"))
        .extracting(e -> e.getAttribute("text"))
        .containsExactly("Technology", "Society & Culture", "Documentary");
    assertThat(
            ((Element) all(feed, ITUNES, "category").get(2).getParentNode()).getAttribute("text"))
        .isEqualTo("Society & Culture");
    Element locked = all(feed, PODCAST, "locked").getFirst();
    assertThat(locked.getTextContent() + locked.getAttribute("owner"))
        .isEqualTo("noann@example.org");
    assertThat(all(feed, PODCAST, "guid").getFirst().getTextContent())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void an_item_has_exact_bytes_and_seconds_and_a_guid_that_is_no_address() throws Exception {
    Document feed =
        parse(WRITER.write(show(Map.of()), List.of(item(Documents.episode())), NOW).getFirst());
    assertThat(at(feed, "/rss/channel/item/title")).isEqualTo("The first");
    assertThat(at(feed, "/rss/channel/item/enclosure/@length")).isEqualTo("59412345");
    assertThat(at(feed, "/rss/channel/item/enclosure/@type")).isEqualTo("audio/mpeg");
    assertThat(at(feed, "/rss/channel/item/enclosure/@url"))
        .isEqualTo("https://cast.example.org/media/talk/first.mp3");
    assertThat(at(feed, "/rss/channel/item/guid")).isEqualTo("castloom:talk:first");
    assertThat(at(feed, "/rss/channel/item/guid/@isPermaLink")).isEqualTo("false");
    assertThat(at(feed, "/rss/channel/item/pubDate")).isEqualTo("Sun, 01 Nov 2026 06:00:00 GMT");
    assertThat(all(feed, ITUNES, "duration"))
        .extracting(Element::getTextContent)
        .containsExactly("3735");
    assertThat(all(feed, ITUNES, "episodeType"))
        .extracting(Element::getTextContent)
        .containsExactly("full");
  }

  @Test
  void chapters_transcripts_soundbites_and_other_formats_follow_the_podcast_namespace()
      throws Exception {
    Document feed =
        parse(WRITER.write(show(Map.of()), List.of(item(Documents.episode())), NOW).getFirst());
    Element chapters = all(feed, PODCAST, "chapters").getFirst();
    assertThat(chapters.getAttribute("type")).isEqualTo("application/json+chapters");
    assertThat(chapters.getAttribute("url"))
        .isEqualTo("https://cast.example.org/chapters/talk/first/ab.json");
    assertThat(all(feed, PODCAST, "transcript"))
        .extracting(e -> e.getAttribute("type"))
        .containsExactly("text/vtt", "application/x-subrip");
    Element bite = all(feed, PODCAST, "soundbite").getFirst();
    assertThat(bite.getAttribute("startTime")).isEqualTo("635.250");
    assertThat(bite.getAttribute("duration")).isEqualTo("30.000");
    assertThat(bite.getTextContent()).isEqualTo("Best of");
    List<Element> others = all(feed, PODCAST, "alternateEnclosure");
    assertThat(others)
        .extracting(e -> e.getAttribute("length"))
        .containsExactly("59412345", "58000001");
    assertThat(others).extracting(e -> e.getAttribute("default")).containsExactly("true", "false");
    assertThat(all(feed, PODCAST, "source").get(1).getAttribute("uri")).endsWith("/talk/first.m4a");
  }

  @Test
  void drafts_withdrawn_and_later_episodes_are_in_no_feed() throws Exception {
    List<FeedItem> items =
        List.of(
            item("seen", "2026-11-01T06:00:00Z"),
            item("later", "2026-11-21T06:00:00Z"),
            item(
                Documents.with(
                    Documents.with(Documents.episode(), "id", "gone"), "state", "withdrawn")),
            item(
                Documents.with(
                    Documents.with(Documents.episode(), "id", "draft"), "state", "draft")));
    Document feed = parse(WRITER.write(show(Map.of()), items, NOW).getFirst());
    assertThat(count(feed, "/rss/channel/item")).isEqualTo(1);
    assertThat(at(feed, "/rss/channel/item/guid")).isEqualTo("castloom:talk:seen");
  }

  private static int count(Document document, String path) throws Exception {
    return ((NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET))
        .getLength();
  }

  @Test
  void pages_are_linked_and_hold_every_episode_once_newest_first() throws Exception {
    List<FeedItem> items = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      items.add(
          item("e" + i, Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofDays(i)).toString()));
    }
    Collections.shuffle(items, new Random(1));
    List<FeedPage> pages = WRITER.write(show(Map.of("pageSize", 10)), items, NOW);
    assertThat(pages).hasSize(3);
    List<String> ids = new ArrayList<>();
    for (FeedPage page : pages) {
      Document feed = parse(page);
      NodeList guids =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate("/rss/channel/item/guid", feed, XPathConstants.NODESET);
      for (int i = 0; i < guids.getLength(); i++) {
        ids.add(guids.item(i).getTextContent());
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 24; i >= 0; i--) {
      expected.add("castloom:talk:e" + i);
    }
    assertThat(ids).isEqualTo(expected);
    List<Element> links = all(parse(pages.get(1)), ATOM, "link");
    assertThat(links)
        .extracting(
            e ->
                e.getAttribute("rel")
                    + " "
                    + e.getAttribute("href").replace("https://cast.example.org/", ""))
        .containsExactly(
            "self feeds/talk/2.xml",
            "first feeds/talk.xml",
            "previous feeds/talk.xml",
            "next feeds/talk/3.xml",
            "last feeds/talk/3.xml");
  }

  @Test
  void the_same_content_has_the_same_tag_in_whatever_order_it_comes() {
    List<FeedItem> items =
        List.of(item("a", "2026-11-01T06:00:00Z"), item("b", "2026-11-02T06:00:00Z"));
    FeedPage one = WRITER.write(show(Map.of()), items, NOW).getFirst();
    FeedPage other = WRITER.write(show(Map.of()), items.reversed(), NOW.plusSeconds(60)).getFirst();
    assertThat(other).isEqualTo(one);
    assertThat(other.etag()).isEqualTo(one.etag()).matches("\"[0-9a-f]{32}\"");
    assertThat(WRITER.write(show(Map.of("copyright", "x")), items, NOW).getFirst().etag())
        .isNotEqualTo(one.etag());
  }

  @Test
  void a_hub_is_announced() throws Exception {
    Document feed =
        parse(
            WRITER
                .write(show(Map.of("hub", "https://hub.example.org/")), List.of(), NOW)
                .getFirst());
    assertThat(all(feed, ATOM, "link"))
        .extracting(e -> e.getAttribute("rel"))
        .containsExactly("self", "hub");
  }

  @Test
  void the_podcast_guid_is_that_of_the_namespace_s_own_example() {
    assertThat(PodcastGuid.of(URI.create("https://podnews.net/rss")).toString())
        .isEqualTo("9b024349-ccf0-5f69-a609-6b82873eab3c");
  }
}
