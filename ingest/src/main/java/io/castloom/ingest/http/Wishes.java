package io.castloom.ingest.http;

import io.castloom.domain.document.Slug;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Profile;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.UploadRequest;
import io.castloom.service.accounts.Account;
import io.castloom.service.outgoing.Reach;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants done with a recording, read from named texts wherever they come from: a
 * query, tus metadata, a JSON body.
 */
final class Wishes {
  private static final int MAX_TEXT = 200;

  private static final List<String> KNOWN =
      List.of(
          "callback",
          "deadline",
          "episode",
          "externalId",
          "loudness",
          "priority",
          "profiles",
          "show",
          "title");

  private final Account caller;
  private final ShowUploads shows;
  private final Reach reach;
  private final Function<String, @Nullable String> texts;

  /**
   * @param reach which addresses may be asked to be called
   * @param texts a text by its name, null when it is absent
   */
  Wishes(Account caller, ShowUploads shows, Reach reach, Function<String, @Nullable String> texts) {
    this.caller = caller;
    this.shows = shows;
    this.reach = reach;
    this.texts = texts;
  }

  /**
   * Refuses names that nobody reads: a mistyped {@code profile} would silently give other files
   * than those that were asked for.
   */
  static void refuseOthers(Collection<String> names) {
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new Problem(
                400,
                "bad-parameter",
                "\""
                    + name
                    + "\" cannot be asked for here; possible are "
                    + String.join(", ", KNOWN),
                Map.of("parameter", name))
            .exception();
      }
    }
  }

  /**
   * Refuses names that are nearly those that are read. Clients send metadata of their own with an
   * upload, so that others are left alone.
   */
  static void refuseMisspelt(Collection<String> names) {
    for (String name : names) {
      for (String known : KNOWN) {
        if (!name.equals(known) && stem(name).equals(stem(known))) {
          throw Call.wrong("Upload-Metadata", name, "has \"" + known + "\"");
        }
      }
    }
  }

  private static String stem(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("s$", "");
  }

  UploadRequest request(String filename) throws IOException {
    UploadRequest.EpisodeOf episode = episode();
    return new UploadRequest(
        caller.id(),
        filename(filename),
        profiles(episode),
        priority(),
        callback(),
        text("externalId"),
        deadline(),
        episode);
  }

  /** A file's name as it may be shown: the last part of a path, of at most 200 characters. */
  static String filename(String given) {
    String name = given.strip();
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    if (name.isBlank() || name.length() > MAX_TEXT || name.chars().anyMatch(c -> c < 0x20)) {
      throw Call.wrong("filename", given, "has 1 to 200 characters and no control characters");
    }
    return name;
  }

  private List<Profile> profiles(UploadRequest.@Nullable EpisodeOf episode) throws IOException {
    String names = texts.apply("profiles");
    List<String> otherwise = caller.defaultProfiles();
    if (episode != null) {
      otherwise =
          shows
              .formats(caller.id(), episode.show())
              .orElseThrow(
                  () -> Call.wrong("show", episode.show(), "is one of yours: apply it first"));
    }
    List<String> wanted =
        names == null || names.isBlank() ? otherwise : List.of(names.strip().split("[,\\s]+"));
    Map<String, Profile> chosen = new LinkedHashMap<>();
    for (String name : wanted) {
      Profile profile = caller.profile(name).orElseThrow(() -> unknown(name));
      chosen.put(name, loudness(profile));
    }
    return new ArrayList<>(chosen.values());
  }

  private ProblemException unknown(String name) {
    List<String> names = caller.allProfiles().stream().map(Profile::name).toList();
    return Call.wrong("profiles", name, "are among " + String.join(", ", names));
  }

  private Profile loudness(Profile profile) {
    String text = texts.apply("loudness");
    if (text == null) {
      return profile;
    }
    try {
      return profile.withLoudness(Double.parseDouble(text.replaceFirst("\\s*LUFS$", "")));
    } catch (IllegalArgumentException e) {
      throw Call.wrong("loudness", text, "is -40 to -5 LUFS");
    }
  }

  private Priority priority() {
    String text = texts.apply("priority");
    try {
      return text == null ? caller.priority() : Priority.of(text);
    } catch (IllegalArgumentException e) {
      throw Call.wrong("priority", String.valueOf(text), "is high, normal or bulk");
    }
  }

  private @Nullable Instant deadline() {
    String text = text("deadline");
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Call.wrong("deadline", String.valueOf(text), "is a time such as 2026-11-26T06:00:00Z");
    }
  }

  private @Nullable String callback() {
    String text = text("callback");
    if (text == null) {
      return null;
    }
    String rule = "is an http or https address";
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        if (!reach.refuses(uri)) {
          return text;
        }
        rule = "is an address of the public internet";
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw Call.wrong("callback", text, rule);
  }

  private UploadRequest.@Nullable EpisodeOf episode() {
    String show = slug("show");
    String episode = slug("episode");
    if (show == null) {
      if (episode != null) {
        throw Call.wrong("episode", episode, "needs a show as well");
      }
      return null;
    }
    return new UploadRequest.EpisodeOf(show, episode, text("title"));
  }

  private @Nullable String slug(String name) {
    String text = text(name);
    if (text != null && !Slug.valid(text)) {
      throw Call.wrong(name, text, Slug.RULE);
    }
    return text;
  }

  private @Nullable String text(String name) {
    String text = texts.apply(name);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > (name.equals("callback") ? 2_000 : MAX_TEXT)) {
      throw Call.wrong(name, text.substring(0, 40) + "…", "has at most 200 characters");
    }
    return text.strip();
  }
}
