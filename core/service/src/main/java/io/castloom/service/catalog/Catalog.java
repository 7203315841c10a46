package io.castloom.service.catalog;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Creative;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Json;
import io.castloom.service.originals.StoredOriginals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The documents of shows, episodes, creatives and campaigns, for reading. A document is stored as
 * its owner's tree; what a rule says of it is computed at each reading, because the documents and
 * recordings that it names change too. {@link CatalogEditor} changes them.
 */
public final class Catalog {

  /** Names the profiles that an account may use. */
  @FunctionalInterface
  public interface ProfileNames {
    Set<String> of(String account) throws IOException;
  }

  /** A document as it lies in the bucket. */
  public record Stored(DocumentKey key, Map<String, Object> tree, String etag) {
    /** The account that owns it; empty for an episode, which its show's account owns. */
    public String account() {
      return tree.get("account") instanceof String account ? account : "";
    }

    /** Whether it is an episode that was withdrawn. */
    boolean isWithdrawn() {
      return Catalog.isWithdrawn(tree);
    }
  }

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final String EPISODES = "/episodes/";

  private final ObjectStore store;
  private final StoredOriginals originals;
  private final ProfileNames profiles;

  /**
   * @param store the private bucket
   */
  public Catalog(ObjectStore store, ProfileNames profiles) {
    this.store = store;
    this.originals = new StoredOriginals(store);
    this.profiles = profiles;
  }

  /**
   * Whether an object stands for a document that was deleted. Such a one is emptied rather than
   * removed, because a store can compare and swap, but not everywhere compare and remove.
   */
  static boolean isGrave(ObjectInfo info) {
    return info.sizeBytes() == 0;
  }

  static boolean isWithdrawn(Map<String, Object> tree) {
    return "withdrawn".equals(tree.get("state"));
  }

  /** Whether an episode was withdrawn or deleted, as things stand now. */
  public boolean isTakenBack(String show, String episode) throws IOException {
    return find(new DocumentKey.OfEpisode(show, episode)).map(Stored::isWithdrawn).orElse(true);
  }

  /** A document, whatever the rules say of it. */
  public Optional<Stored> find(DocumentKey key) throws IOException {
    try (ObjectContent content = store.get(key.key(), null)) {
      byte[] bytes = content.stream().readAllBytes();
      if (bytes.length == 0) {
        return Optional.empty();
      }
      Map<String, Object> tree = Json.mapper().readValue(bytes, TREE);
      return Optional.of(new Stored(key, tree, content.info().etag()));
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(key.key() + " is no JSON object: " + e.getOriginalMessage(), e);
    }
  }

  /** The ids of all shows, in order. */
  public List<String> shows() throws IOException {
    List<String> ids = new ArrayList<>();
    for (String id : everShows()) {
      if (store.head(new DocumentKey.OfShow(id).key()).filter(i -> !isGrave(i)).isPresent()) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The same with those that were deleted: their episodes' files may still lie there. */
  public List<String> everShows() throws IOException {
    List<String> ids = new ArrayList<>();
    // A show's own document is the first that sorts behind its folder's episodes: jump from show to
    // show instead of reading past every episode.
    String after = "";
    for (ObjectPage page = store.list("shows/", after, 1);
        !page.objects().isEmpty();
        page = store.list("shows/", after, 1)) {
      String key = page.objects().getFirst().key();
      String id = key.substring("shows/".length(), key.indexOf('/', "shows/".length()));
      ids.add(id);
      after = "shows/" + id + "/~"; // behind everything of the show: ids are of a-z, 0-9 and -
    }
    return ids;
  }

  /** The ids of a show's episodes, in order. */
  public List<String> episodes(String show) throws IOException {
    return ids(new DocumentKey.OfShow(show).key().replace("/show.json", EPISODES));
  }

  /** The ids of all creatives, in order. */
  public List<String> creatives() throws IOException {
    return ids("creatives/");
  }

  /** The ids of all campaigns, in order. */
  public List<String> campaigns() throws IOException {
    return ids("campaigns/");
  }

  /** A show; empty when there is none. */
  public Optional<Reading<Show>> show(String id) throws IOException {
    Optional<Stored> stored = find(new DocumentKey.OfShow(id));
    return stored.isEmpty() ? Optional.empty() : Optional.of(show(stored.get()));
  }

  /** A show's document as a show. */
  public Reading<Show> show(Stored show) throws IOException {
    return Show.read(show.tree(), profiles.of(show.account()));
  }

  /** A show's document as a show whose recordings are all there, and its account's. */
  Reading<Show> applicable(Stored show) throws IOException {
    return Show.readNew(
        show.tree(), profiles.of(show.account()), originals.of(new AccountId(show.account())));
  }

  /** An episode of a show; empty when there is none. */
  public Optional<Reading<Episode>> episode(Show show, String id) throws IOException {
    Optional<Stored> stored = find(new DocumentKey.OfEpisode(show.id(), id));
    return stored.map(s -> readEpisode(s.tree(), show));
  }

  Reading<Episode> readEpisode(Map<String, ?> tree, Show show) {
    return Episode.read(tree, show, originals.of(new AccountId(show.account())));
  }

  /** A creative; empty when there is none. */
  public Optional<Reading<Creative>> creative(String id) throws IOException {
    return find(new DocumentKey.OfCreative(id)).map(s -> readCreative(s.tree(), s.account()));
  }

  Reading<Creative> readCreative(Map<String, ?> tree, String account) {
    return Creative.read(tree, originals.of(new AccountId(account)));
  }

  /** Every creative that keeps the rules; of one account, or of all when that is null. */
  public List<Creative> goodCreatives(@Nullable String account) throws IOException {
    List<Creative> good = new ArrayList<>();
    for (String id : creatives()) {
      if (creative(id).orElse(null) instanceof Reading.Good<Creative>(Creative creative)
          && (account == null || creative.account().equals(account))) {
        good.add(creative);
      }
    }
    return good;
  }

  /** Every show that keeps the rules. */
  public List<Show> goodShows() throws IOException {
    List<Show> good = new ArrayList<>();
    for (String id : shows()) {
      if (show(id).orElse(null) instanceof Reading.Good<Show>(Show show)) {
        good.add(show);
      }
    }
    return good;
  }

  /** Every campaign, read against these creatives and shows. */
  public List<Reading<Campaign>> campaigns(List<Creative> creatives, List<Show> shows)
      throws IOException {
    List<Reading<Campaign>> all = new ArrayList<>();
    for (String id : campaigns()) {
      Optional<Stored> stored = find(new DocumentKey.OfCampaign(id));
      stored.ifPresent(s -> all.add(Campaign.read(s.tree(), creatives, shows)));
    }
    return all;
  }

  private List<String> ids(String prefix) throws IOException {
    List<String> ids = new ArrayList<>();
    String after = "";
    ObjectPage page;
    do {
      page = store.list(prefix, after, 1000);
      for (ObjectInfo info : page.objects()) {
        String name = info.key().substring(prefix.length());
        if (name.endsWith(".json") && !isGrave(info)) {
          ids.add(name.substring(0, name.length() - ".json".length()));
        }
        after = info.key();
      }
    } while (page.more());
    return ids;
  }
}
