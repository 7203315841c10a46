package io.castloom.ingest.intake;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.document.Slug;
import io.castloom.domain.media.Original;
import io.castloom.domain.show.Show;
import io.castloom.service.catalog.Applied;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings that are sent to a show. Each becomes the body of an episode: of the one that was
 * named, else of a new one, a draft, with a title from the upload, the recording's tags or the
 * file's name.
 */
public final class ShowUploads implements EpisodeMaker {
  private static final Logger LOG = LoggerFactory.getLogger(ShowUploads.class);
  private static final int MAX_TRIES = 5;

  private final Catalog catalog;
  private final CatalogEditor editor;

  public ShowUploads(Catalog catalog, CatalogEditor editor) {
    this.catalog = catalog;
    this.editor = editor;
  }

  /** The ids of an account's shows, in order. */
  public List<String> shows(AccountId account) throws IOException {
    List<String> own = new ArrayList<>();
    for (String show : catalog.shows()) {
      if (owned(account, show)) {
        own.add(show);
      }
    }
    return own;
  }

  /** The profiles that a show's episodes come in; empty when the account has no such show. */
  public Optional<List<String>> formats(AccountId account, String show) throws IOException {
    if (!Slug.valid(show) || !owned(account, show)) {
      return Optional.empty();
    }
    return catalog
        .show(show)
        .flatMap(
            reading ->
                switch (reading) {
                  case Reading.Good<Show>(Show good) -> Optional.of(good.sound().formats());
                  case Reading.Bad<Show>(List<Problem> _) -> Optional.empty();
                });
  }

  private boolean owned(AccountId account, String show) throws IOException {
    return catalog
        .find(new DocumentKey.OfShow(show))
        .filter(stored -> stored.account().equals(account.value()))
        .isPresent();
  }

  @Override
  public void make(UploadRequest.EpisodeOf wanted, Original original, String filename)
      throws IOException {
    String title = title(wanted, original, filename);
    String named = wanted.episode();
    if (named == null && isEpisode(wanted, original)) {
      return; // the same bytes under another name are no second episode
    }
    String id = named == null ? slug(title) : named;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      DocumentKey.OfEpisode key = new DocumentKey.OfEpisode(wanted.show(), id);
      Optional<Catalog.Stored> before = catalog.find(key);
      List<String> body = List.of(original.sha256().hex());
      if (before.isPresent() && body.equals(before.get().tree().get("bodies"))) {
        return;
      }
      if (before.isPresent() && named == null) {
        id = shortened(id, 57) + "-" + original.sha256().hex().substring(0, 6);
        continue;
      }
      Map<String, Object> document =
          before.map(it -> new LinkedHashMap<>(it.tree())).orElseGet(LinkedHashMap::new);
      document.put("bodies", body);
      document.putIfAbsent("title", title);
      String etag = before.map(Catalog.Stored::etag).orElse("");
      switch (editor.apply(key, document, original.account().value(), etag, false)) {
        case Applied.Accepted _ -> {
          LOG.info("{} has original {} as its body", key.words(), original.sha256());
          return;
        }
        case Applied.Stale _ -> {}
        case Applied.Refused(List<Problem> problems) -> {
          // the recording and its job are safe; the document is its owner's to mend
          LOG.warn("{} cannot take original {}: {}", key.words(), original.sha256(), problems);
          return;
        }
        case Applied.Foreign _ -> {
          LOG.warn("{} belongs to another account than {}", key.words(), original.account());
          return;
        }
      }
    }
    throw new IOException(
        "episode " + wanted.show() + "/" + id + " is changed by others; try again");
  }

  /** Whether the show has an episode of this recording, made of it when it first came. */
  private boolean isEpisode(UploadRequest.EpisodeOf wanted, Original original) throws IOException {
    String id = slug(title(wanted, original, original.filename()));
    return catalog
        .find(new DocumentKey.OfEpisode(wanted.show(), id))
        .filter(it -> List.of(original.sha256().hex()).equals(it.tree().get("bodies")))
        .isPresent();
  }

  private static String title(UploadRequest.EpisodeOf wanted, Original original, String filename) {
    String given = wanted.title();
    if (given != null) {
      return given;
    }
    String tagged = original.media().tags().getOrDefault("title", "").strip();
    return tagged.isEmpty()
        ? filename.replaceFirst("\\.[^.]{1,5}$", "").replace('_', ' ').strip()
        : tagged;
  }

  /** A title as a slug; marks are taken off letters, everything else becomes a hyphen. */
  static String slug(String title) {
    String plain =
        Normalizer.normalize(title, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replace("ß", "ss")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String slug = shortened(plain, 64);
    return slug.isEmpty() ? "episode" : slug;
  }

  private static String shortened(String slug, int most) {
    return slug.length() <= most ? slug : slug.substring(0, most).replaceAll("-+$", "");
  }
}
