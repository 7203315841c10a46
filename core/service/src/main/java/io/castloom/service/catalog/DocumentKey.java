package io.castloom.service.catalog;

import io.castloom.domain.document.Slug;

/** Which document is meant, and under which key of the private bucket it lies. */
public sealed interface DocumentKey {

  /** {@code shows/<show>/show.json}. */
  record OfShow(String show) implements DocumentKey {}

  /** {@code shows/<show>/episodes/<episode>.json}. */
  record OfEpisode(String show, String episode) implements DocumentKey {}

  /** {@code creatives/<creative>.json}. */
  record OfCreative(String creative) implements DocumentKey {}

  /** {@code campaigns/<campaign>.json}. */
  record OfCampaign(String campaign) implements DocumentKey {}

  /** The key; empty ids and others that are no slugs never become one. */
  default String key() {
    return switch (this) {
      case OfShow(String show) -> "shows/" + slug(show) + "/show.json";
      case OfEpisode(String show, String episode) ->
          "shows/" + slug(show) + "/episodes/" + slug(episode) + ".json";
      case OfCreative(String creative) -> "creatives/" + slug(creative) + ".json";
      case OfCampaign(String campaign) -> "campaigns/" + slug(campaign) + ".json";
    };
  }

  /** For people: {@code show talk}, {@code episode talk/12}. */
  default String words() {
    return switch (this) {
      case OfShow(String show) -> "show " + show;
      case OfEpisode(String show, String episode) -> "episode " + show + "/" + episode;
      case OfCreative(String creative) -> "creative " + creative;
      case OfCampaign(String campaign) -> "campaign " + campaign;
    };
  }

  private static String slug(String id) {
    if (!Slug.valid(id)) {
      throw new IllegalArgumentException("\"" + id + "\" " + Slug.RULE);
    }
    return id;
  }
}
