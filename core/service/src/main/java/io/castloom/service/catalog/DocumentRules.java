package io.castloom.service.catalog;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.media.Artwork;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.CoverSource;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.show.Transcript;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.originals.StoredCovers;
import io.castloom.service.originals.StoredTranscripts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must hold before a document is applied: the rules of its kind, and that what it names is
 * stored and good.
 */
final class DocumentRules {

  private final Catalog catalog;
  private final StoredCovers covers;
  private final StoredTranscripts transcripts;

  DocumentRules(ObjectStore store, Catalog catalog) {
    this.catalog = catalog;
    this.covers = new StoredCovers(store);
    this.transcripts = new StoredTranscripts(store);
  }

  /** Checks by the rules of its kind; a good one is given back with its defaults filled in. */
  Reading<Map<String, Object>> read(DocumentKey key, Map<String, Object> tree, String account)
      throws IOException {
    return switch (key) {
      case DocumentKey.OfShow _ -> show(key, tree, account);
      case DocumentKey.OfEpisode(String show, String _) ->
          switch (catalog.show(show).orElse(null)) {
            case null -> bad(key, "show", show, "is not a show: apply the show first");
            case Reading.Bad<Show>(List<Problem> problems) -> new Reading.Bad<>(problems);
            case Reading.Good<Show>(Show good) -> episode(key, tree, good);
          };
      case DocumentKey.OfCreative _ ->
          map(catalog.readCreative(tree, account), creative -> creative.tree());
      case DocumentKey.OfCampaign _ ->
          map(
              Campaign.read(tree, catalog.goodCreatives(account), catalog.goodShows()),
              Campaign::tree);
    };
  }

  /** Why a document cannot be deleted: others need it. */
  List<Problem> needed(DocumentKey key, String account) throws IOException {
    return switch (key) {
      case DocumentKey.OfShow(String show) -> {
        int episodes = catalog.episodes(show).size();
        yield episodes == 0
            ? named(key, account, "targeting", "shows", show)
            : List.of(stays(key, "while it has " + episodes + " episodes: delete them first"));
      }
      case DocumentKey.OfCreative(String creative) ->
          named(key, account, "", "creatives", creative);
      case DocumentKey.OfEpisode _, DocumentKey.OfCampaign _ -> List.of();
    };
  }

  /** A campaign that names what is not there runs nowhere, so nothing goes that one names. */
  private List<Problem> named(
      DocumentKey key, String account, String within, String list, String name) throws IOException {
    List<String> campaigns = new ArrayList<>();
    for (String id : catalog.campaigns()) {
      Catalog.Stored stored = catalog.find(new DocumentKey.OfCampaign(id)).orElse(null);
      if (stored != null && stored.account().equals(account)) {
        Object holder = within.isEmpty() ? stored.tree() : stored.tree().get(within);
        if (holder instanceof Map<?, ?> fields
            && fields.get(list) instanceof List<?> names
            && names.contains(name)) {
          campaigns.add(id);
        }
      }
    }
    return campaigns.isEmpty()
        ? List.of()
        : List.of(
            stays(
                key,
                "while campaigns name it (%s): take it out of their %s first"
                    .formatted(
                        String.join(", ", campaigns),
                        within.isEmpty() ? list : within + "." + list)));
  }

  private static Problem stays(DocumentKey key, String why) {
    return new Problem(key.words(), "", "", "cannot be deleted " + why);
  }

  private Reading<Map<String, Object>> show(
      DocumentKey key, Map<String, Object> tree, String account) throws IOException {
    Reading<Show> reading = catalog.applicable(new Catalog.Stored(key, tree, ""));
    if (reading instanceof Reading.Good<Show>(Show show)) {
      Reading<Map<String, Object>> cover = cover(key, account, show.about().cover());
      if (cover != null) {
        return cover;
      }
    }
    return map(reading, Show::tree);
  }

  private Reading<Map<String, Object>> episode(DocumentKey key, Map<String, Object> tree, Show show)
      throws IOException {
    Reading<Episode> reading = catalog.readEpisode(tree, show);
    if (!(reading instanceof Reading.Good<Episode>(Episode episode))) {
      return map(reading, Episode::tree);
    }
    Reading<Map<String, Object>> wrong = transcript(key, tree, show, episode);
    if (wrong == null && episode.notes().cover() != null) {
      wrong = cover(key, show.account(), episode.notes().cover());
    }
    return wrong == null ? map(reading, Episode::tree) : wrong;
  }

  /** A transcript that it names is read by the rules of one that stands in the document. */
  private @Nullable Reading<Map<String, Object>> transcript(
      DocumentKey key, Map<String, Object> tree, Show show, Episode episode) throws IOException {
    Transcript transcript = episode.transcript();
    String name = transcript == null ? null : transcript.sha256();
    if (transcript == null || name == null) {
      return null;
    }
    Optional<String> text = transcripts.find(new AccountId(show.account()), new Sha256(name));
    if (text.isEmpty()) {
      return bad(
          key,
          "transcript.sha256",
          name,
          "is not a stored transcript: PUT the file to .../transcript, which names it here");
    }
    Map<String, Object> inline = new LinkedHashMap<>(tree);
    inline.put(
        "transcript",
        Map.of("format", transcript.format().name().toLowerCase(Locale.ROOT), "text", text.get()));
    return catalog.readEpisode(inline, show) instanceof Reading.Bad<Episode>(var problems)
        ? new Reading.Bad<>(problems)
        : null;
  }

  /** A cover that is stored here is one that directories take; one of another place is not read. */
  private @Nullable Reading<Map<String, Object>> cover(
      DocumentKey key, String account, String cover) throws IOException {
    if (!(CoverSource.of(cover) instanceof CoverSource.Stored(Sha256 name))) {
      return null;
    }
    Optional<byte[]> picture = covers.find(new AccountId(account), name);
    if (picture.isEmpty()) {
      return bad(
          key,
          "cover",
          cover,
          "is not a stored cover of this account: PUT the picture to .../cover, or POST it to"
              + " /v1/covers first");
    }
    String wrong = Artwork.problem(picture.get());
    return wrong == null
        ? null
        : bad(key, "cover", cover, "names a picture that is none: " + wrong);
  }

  private static <T> Reading<Map<String, Object>> map(
      Reading<T> reading, Function<T, Map<String, Object>> tree) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> new Reading.Good<>(tree.apply(value));
      case Reading.Bad<T>(List<Problem> problems) -> new Reading.Bad<>(problems);
    };
  }

  private static Reading<Map<String, Object>> bad(
      DocumentKey key, String field, String value, String rule) {
    return new Reading.Bad<>(List.of(new Problem(key.words(), field, value, rule)));
  }
}
