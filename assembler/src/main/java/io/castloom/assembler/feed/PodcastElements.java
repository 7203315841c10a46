package io.castloom.assembler.feed;

import io.castloom.domain.show.FeedSettings;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.Soundbite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;

/**
 * What Rome's modules do not know: the podcast namespace (Podcasting 2.0), the links between pages
 * (RFC 5005), and itunes values in the forms that Apple asks for today ({@code true}, whole
 * seconds).
 */
final class PodcastElements {
  static final Namespace PODCAST =
      Namespace.getNamespace("podcast", "https://podcastindex.org/namespace/1.0");
  static final Namespace ATOM = Namespace.getNamespace("atom", "http://www.w3.org/2005/Atom");
  static final Namespace ITUNES =
      Namespace.getNamespace("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd");
  private static final String RSS = "application/rss+xml";

  private final Show show;
  private final FeedAddresses addresses;

  PodcastElements(Show show, FeedAddresses addresses) {
    this.show = show;
    this.addresses = addresses;
  }

  /** Completes a page whose items stand in the same order as those in the document. */
  void add(Document document, List<FeedItem> items, int page, int pages) {
    Element rss = document.getRootElement();
    rss.addNamespaceDeclaration(PODCAST);
    rss.addNamespaceDeclaration(ATOM);
    rss.addNamespaceDeclaration(ITUNES);
    Element channel = rss.getChild("channel");
    modern(channel);
    int at = 0;
    for (Element link : links(page, pages)) {
      channel.addContent(at++, link);
    }
    for (Element element : about()) {
      channel.addContent(at++, element);
    }
    List<Element> elements = channel.getChildren("item");
    for (int i = 0; i < items.size(); i++) {
      item(elements.get(i), items.get(i));
    }
  }

  /**
   * Apple's form of today for what the module writes as yes and no; and without what it writes
   * although nothing is told, such as an owner of no name.
   */
  private static void modern(Element element) {
    Element explicit = element.getChild("explicit", ITUNES);
    if (explicit != null) {
      explicit.setText(Boolean.toString(explicit.getTextTrim().equals("yes")));
    }
    List.copyOf(element.getChildren()).forEach(PodcastElements::withoutNothing);
  }

  private static void withoutNothing(Element element) {
    if (!element.getNamespace().equals(ITUNES)) {
      return;
    }
    List.copyOf(element.getChildren()).forEach(PodcastElements::withoutNothing);
    if (element.getChildren().isEmpty()
        && element.getAttributes().isEmpty()
        && element.getTextTrim().isEmpty()) {
      element.detach();
    }
  }

  private List<Element> links(int page, int pages) {
    List<Element> links = new java.util.ArrayList<>();
    links.add(link("self", addresses.page(show.id(), page)).setAttribute("type", RSS));
    if (show.feed().hub() != null) {
      links.add(link("hub", URI.create(show.feed().hub())));
    }
    if (pages > 1) {
      links.add(link("first", addresses.page(show.id(), 1)));
      if (page > 1) {
        links.add(link("previous", addresses.page(show.id(), page - 1)));
      }
      if (page < pages) {
        links.add(link("next", addresses.page(show.id(), page + 1)));
      }
      links.add(link("last", addresses.page(show.id(), pages)));
    }
    return links;
  }

  private static Element link(String rel, URI address) {
    return new Element("link", ATOM)
        .setAttribute("href", address.toString())
        .setAttribute("rel", rel);
  }

  private List<Element> about() {
    FeedSettings feed = show.feed();
    String guid = feed.guid();
    Element locked = element("locked", feed.locked() ? "yes" : "no");
    if (!feed.ownerEmail().isEmpty()) {
      locked.setAttribute("owner", feed.ownerEmail());
    }
    return List.of(
        element(
            "guid", guid == null ? PodcastGuid.of(addresses.page(show.id(), 1)).toString() : guid),
        locked,
        element("medium", "podcast"));
  }

  private static void item(Element element, FeedItem item) {
    modern(element);
    Element duration = new Element("duration", ITUNES);
    duration.setText(Long.toString(item.duration().plusMillis(500).toSeconds()));
    element.addContent(duration);
    if (item.chapters() != null) {
      element.addContent(
          element("chapters", "")
              .setAttribute("url", item.chapters().toString())
              .setAttribute("type", JsonChapters.MEDIA_TYPE));
    }
    for (FeedItem.Text text : item.transcripts()) {
      element.addContent(
          element("transcript", "")
              .setAttribute("url", text.address().toString())
              .setAttribute("type", text.mediaType())
              .setAttribute("language", text.language()));
    }
    for (Soundbite bite : item.soundbites()) {
      element.addContent(
          element("soundbite", bite.title())
              .setAttribute("startTime", seconds(bite.at()))
              .setAttribute("duration", seconds(bite.length())));
    }
    for (FeedItem.Media media :
        item.media().size() > 1 ? item.media() : List.<FeedItem.Media>of()) {
      element.addContent(
          element("alternateEnclosure", "")
              .setAttribute("type", media.mediaType())
              .setAttribute("length", Long.toString(media.bytes()))
              .setAttribute("title", media.title())
              .setAttribute("default", Boolean.toString(media.equals(item.media().getFirst())))
              .addContent(element("source", "").setAttribute("uri", media.address().toString())));
    }
  }

  private static Element element(String name, String text) {
    return new Element(name, PODCAST).setText(text);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }
}
