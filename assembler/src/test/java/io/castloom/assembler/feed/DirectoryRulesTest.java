package io.castloom.assembler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.show.Documents;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Every rule that Apple's "A podcaster's guide to RSS" and "Podcast RSS feed requirements", and the
 * podcast namespace's 1.0 document state for what our feeds hold, on feeds of several shapes.
 */
class DirectoryRulesTest {
  private static final String PODCAST = "https://podcastindex.org/namespace/1.0";
  private static final String ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd";

  /** Apple's list of enclosure types, as far as it is sound. */
  private static final Set<String> APPLE_SOUND = Set.of("audio/mpeg", "audio/x-m4a");

  private static final Set<String> TRANSCRIPTS =
      Set.of("text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip");

  /** The namespace's list of mediums. */
  private static final Set<String> MEDIUMS =
      Set.of(
          "podcast",
          "music",
          "video",
          "film",
          "audiobook",
          "newsletter",
          "blog",
          "publisher",
          "course");

  @Test
  void feeds_of_every_shape_keep_the_rules_of_the_directories() throws Exception {
    List<Map<String, Object>> shapes =
        List.of(
            Map.of(),
            Map.of("pageSize", 10, "hub", "https://hub.example.org/"),
            Map.of("ownerName", "Ann"),
            Map.of("ownerEmail", "ann@example.org", "ownerName", "Ann", "locked", true),
            Map.of("type", "serial", "guid", "917393e3-1b1e-5cef-ace4-edaa54e1f810"));
    List<FeedItem> items = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      items.add(
          FeedSamples.item(
              "e" + i, Instant.parse("2026-10-01T06:00:00Z").plus(Duration.ofDays(i)), i > 6));
    }
    for (Map<String, Object> shape : shapes) {
      Set<String> guids = new HashSet<>();
      for (FeedPage page :
          FeedSamples.pages(
              FeedSamples.show(Documents.with(Documents.show(), "feed", shape)), items)) {
        Element rss = parse(page);
        assertThat(rss.getTagName()).isEqualTo("rss");
        assertThat(rss.getAttribute("version")).isEqualTo("2.0");
        Element channel = one(rss, null, "channel");
        channel(channel);
        said(channel);
        for (Element item : all(channel, null, "item")) {
          item(item);
          said(item);
          assertThat(guids.add(text(item, null, "guid"))).as("a GUID comes once").isTrue();
        }
      }
      assertThat(guids).hasSize(items.size());
    }
  }

  private static void channel(Element channel) {
    assertThat(text(channel, null, "title")).isNotBlank();
    assertThat(text(channel, null, "description")).isNotBlank().hasSizeLessThanOrEqualTo(4_000);
    assertThat(text(channel, null, "language")).matches("[a-z]{2,3}(-[a-z0-9]+)*");
    assertThat(URI.create(one(channel, ITUNES, "image").getAttribute("href")).getPath())
        .matches(".*\\.(jpg|jpeg|png)");
    assertThat(text(channel, ITUNES, "explicit")).isIn("true", "false");
    assertThat(text(channel, ITUNES, "type")).isIn("episodic", "serial");
    assertThat(all(channel, ITUNES, "category"))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.getAttribute("text")).isNotBlank());
    for (Element owner : all(channel, ITUNES, "owner")) {
      assertThat(text(owner, ITUNES, "name")).isEqualTo("Ann");
    }
    Element locked = one(channel, PODCAST, "locked");
    assertThat(locked.getTextContent()).isIn("yes", "no");
    assertThat(text(channel, PODCAST, "guid"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(text(channel, PODCAST, "medium")).isIn(MEDIUMS);
  }

  private static void item(Element item) {
    assertThat(text(item, null, "title")).isNotBlank();
    assertThat(text(item, ITUNES, "duration")).matches("[1-9][0-9]*");
    assertThat(text(item, ITUNES, "explicit")).isIn("true", "false");
    assertThat(text(item, ITUNES, "episodeType")).isIn("full", "trailer", "bonus");
    assertThat(
            ZonedDateTime.parse(text(item, null, "pubDate"), DateTimeFormatter.RFC_1123_DATE_TIME))
        .isNotNull();
    Element enclosure = one(item, null, "enclosure");
    assertThat(URI.create(enclosure.getAttribute("url")).getPath()).matches(".*\\.(mp3|m4a)");
    assertThat(enclosure.getAttribute("length")).matches("[1-9][0-9]*");
    assertThat(enclosure.getAttribute("type")).isIn(APPLE_SOUND);
    Element chapters = one(item, PODCAST, "chapters");
    assertThat(chapters.getAttribute("type")).isEqualTo("application/json+chapters");
    address(chapters, "url");
    for (Element transcript : all(item, PODCAST, "transcript")) {
      address(transcript, "url");
      assertThat(transcript.getAttribute("type")).isIn(TRANSCRIPTS);
    }
    for (Element bite : all(item, PODCAST, "soundbite")) {
      assertThat(bite.getAttribute("startTime")).matches("[0-9]+(\\.[0-9]+)?");
      assertThat(bite.getAttribute("duration")).matches("[0-9]+(\\.[0-9]+)?");
      assertThat(bite.getTextContent()).hasSizeLessThanOrEqualTo(128);
    }
    List<Element> others = all(item, PODCAST, "alternateEnclosure");
    assertThat(others).extracting(e -> e.getAttribute("default")).containsOnlyOnce("true");
    for (Element other : others) {
      assertThat(other.getAttribute("type")).matches("audio/[a-z0-9-]+");
      assertThat(other.getAttribute("length")).matches("[1-9][0-9]*");
      assertThat(all(other, PODCAST, "source")).isNotEmpty();
      all(other, PODCAST, "source").forEach(source -> address(source, "uri"));
    }
  }

  /** A directory takes an empty element for an answer, and refuses it. */
  private static void said(Element element) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        assertThat(child.hasAttributes() || !child.getTextContent().isBlank())
            .as("%s says something", child.getTagName())
            .isTrue();
        said(child);
      }
    }
  }

  private static void address(Element element, String attribute) {
    assertThat(URI.create(element.getAttribute(attribute)).isAbsolute()).isTrue();
  }

  private static Element parse(FeedPage page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.bytes()))
        .getDocumentElement();
  }

  /** The children of this name; the namespace is null for RSS's own elements. */
  private static List<Element> all(Element parent, @Nullable String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element
          && name.equals(element.getLocalName())
          && Objects.equals(namespace, element.getNamespaceURI())) {
        found.add(element);
      }
    }
    return found;
  }

  private static Element one(Element parent, @Nullable String namespace, String name) {
    List<Element> found = all(parent, namespace, name);
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static String text(Element parent, @Nullable String namespace, String name) {
    return one(parent, namespace, name).getTextContent();
  }
}
