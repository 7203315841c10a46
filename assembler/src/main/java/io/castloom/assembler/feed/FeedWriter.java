package io.castloom.assembler.feed;

import com.rometools.modules.itunes.EntryInformationImpl;
import com.rometools.modules.itunes.FeedInformationImpl;
import com.rometools.modules.itunes.types.Category;
import com.rometools.modules.itunes.types.Subcategory;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Content;
import com.rometools.rome.feed.rss.Description;
import com.rometools.rome.feed.rss.Enclosure;
import com.rometools.rome.feed.rss.Guid;
import com.rometools.rome.feed.rss.Item;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import io.castloom.domain.media.Codec;
import io.castloom.domain.show.About;
import io.castloom.domain.show.Categories;
import io.castloom.domain.show.EpisodeNotes;
import io.castloom.domain.show.FeedSettings;
import io.castloom.domain.show.PublicationState;
import io.castloom.domain.show.Show;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jdom2.Document;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/**
 * Writes a show's feed: RSS 2.0 through Rome, the itunes namespace through its module, the podcast
 * namespace and the pages' links through {@link PodcastElements}. The same show and items give the
 * same bytes, so an unchanged feed keeps its tag.
 */
public final class FeedWriter {
  private final FeedAddresses addresses;

  /** Writes feeds that are found under these addresses. */
  public FeedWriter(FeedAddresses addresses) {
    this.addresses = Objects.requireNonNull(addresses);
  }

  /**
   * Writes all pages, the newest episodes on the first one. Drafts, withdrawn episodes and those
   * that appear later are left out.
   *
   * @param show a checked show
   * @param items its episodes, in any order
   * @param now what is not published by then is left out
   * @return at least one page, which may be without episodes
   */
  public List<FeedPage> write(Show show, List<FeedItem> items, Instant now) {
    List<FeedItem> visible =
        items.stream()
            .filter(i -> i.episode().state() == PublicationState.PUBLISHED)
            .filter(i -> !published(i).isAfter(now))
            .sorted(
                Comparator.comparing(FeedWriter::published)
                    .reversed()
                    .thenComparing(i -> i.episode().id()))
            .toList();
    int size = show.feed().pageSize();
    int pages = Math.max(1, Math.ceilDiv(visible.size(), size));
    List<FeedPage> written = new ArrayList<>();
    for (int page = 1; page <= pages; page++) {
      List<FeedItem> here =
          visible.subList((page - 1) * size, Math.min(page * size, visible.size()));
      written.add(new FeedPage(page, page(show, here, page, pages)));
    }
    return written;
  }

  private static Instant published(FeedItem item) {
    Instant at = item.episode().publishedAt();
    return at == null ? Instant.MAX : at;
  }

  private String page(Show show, List<FeedItem> items, int page, int pages) {
    Channel channel = channel(show);
    channel.setItems(items.stream().map(item -> item(show, item)).toList());
    if (!items.isEmpty()) {
      channel.setPubDate(Date.from(published(items.getFirst())));
    }
    try {
      Document document = new WireFeedOutput().outputJDom(channel);
      new PodcastElements(show, addresses).add(document, items, page, pages);
      return new XMLOutputter(
              Format.getPrettyFormat().setTextMode(Format.TextMode.PRESERVE).setLineSeparator("\n"))
          .outputString(document);
    } catch (FeedException e) {
      throw new IllegalStateException("a checked show makes a feed: " + show.id(), e);
    }
  }

  private Channel channel(Show show) {
    About about = show.about();
    FeedSettings feed = show.feed();
    Channel channel = new Channel("rss_2.0");
    channel.setTitle(about.title());
    channel.setLink(feed.link().isEmpty() ? addresses.page(show.id(), 1).toString() : feed.link());
    channel.setDescription(about.description());
    channel.setLanguage(about.language().toLowerCase(Locale.ROOT));
    channel.setGenerator("Castloom");
    if (!feed.copyright().isEmpty()) {
      channel.setCopyright(feed.copyright());
    }
    FeedInformationImpl itunes = new FeedInformationImpl();
    itunes.setAuthor(about.author());
    if (!about.cover().isEmpty()) {
      itunes.setImageUri(about.cover());
    }
    itunes.setExplicitNullable(about.explicit());
    itunes.setType(feed.serial() ? "serial" : "episodic");
    itunes.setCategories(categories(about.categories()));
    if (!feed.ownerEmail().isEmpty()) {
      itunes.setOwnerEmailAddress(feed.ownerEmail());
    }
    if (!feed.ownerEmail().isEmpty() || !feed.ownerName().isEmpty()) {
      itunes.setOwnerName(feed.ownerName().isEmpty() ? about.author() : feed.ownerName());
    }
    channel.getModules().add(itunes);
    return channel;
  }

  /** One element for each main category, with those below it inside. */
  private static List<Category> categories(List<String> names) {
    Map<String, List<Subcategory>> tops = new LinkedHashMap<>();
    for (String name : names) {
      List<Subcategory> below = tops.computeIfAbsent(Categories.top(name), _ -> new ArrayList<>());
      if (!Categories.below(name).isEmpty()) {
        below.add(new Subcategory(Categories.below(name)));
      }
    }
    List<Category> categories = new ArrayList<>();
    tops.forEach(
        (top, below) -> {
          Category category = new Category(top);
          category.setSubcategories(below);
          categories.add(category);
        });
    return categories;
  }

  private static Item item(Show show, FeedItem source) {
    EpisodeNotes notes = source.episode().notes();
    Item item = new Item();
    item.setTitle(notes.title());
    item.setPubDate(Date.from(published(source)));
    Guid guid = new Guid();
    guid.setPermaLink(false);
    guid.setValue(source.episode().guid());
    item.setGuid(guid);
    if (notes.link() != null) {
      item.setLink(notes.link());
    }
    if (!notes.text().isEmpty()) {
      Description description = new Description();
      description.setValue(notes.text());
      item.setDescription(description);
      Content content = new Content();
      content.setType(Content.HTML);
      content.setValue(notes.text());
      item.setContent(content);
    }
    FeedItem.Media media = source.media().getFirst();
    Enclosure enclosure = new Enclosure();
    enclosure.setUrl(media.address().toString());
    enclosure.setType(appleType(media.mediaType()));
    enclosure.setLength(media.bytes());
    item.setEnclosures(List.of(enclosure));
    item.getModules().add(itunes(show, notes));
    return item;
  }

  /** Apple's list of enclosure types has M4A under its older name only. */
  private static String appleType(String mediaType) {
    return mediaType.equals(Codec.AAC.mediaType()) ? "audio/x-m4a" : mediaType;
  }

  private static EntryInformationImpl itunes(Show show, EpisodeNotes notes) {
    EntryInformationImpl itunes = new EntryInformationImpl();
    itunes.setTitle(notes.title());
    itunes.setAuthor(show.about().author());
    Boolean explicit = notes.explicit();
    itunes.setExplicitNullable(explicit == null ? show.about().explicit() : explicit);
    itunes.setEpisodeType(notes.kind().name().toLowerCase(Locale.ROOT));
    if (notes.season() != null) {
      itunes.setSeason(notes.season());
    }
    if (notes.number() != null) {
      itunes.setEpisode(notes.number());
    }
    if (notes.cover() != null) {
      itunes.setImageUri(notes.cover());
    }
    return itunes;
  }
}
