package io.castloom.ingest.http;

import io.castloom.domain.media.Labels;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.ProfileRules;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.json.Json;
import io.castloom.service.originals.StoredCovers;
import io.castloom.service.settings.Suggestion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** An account's own profiles and the covers that they name. */
public final class ProfileRoutes implements Routes {

  private static final int MOST_PROFILES = 100;

  /** What one reads of a profile can be sent again, so its read-only members are known as well. */
  private static final List<String> MEMBERS =
      List.of(
          "name",
          "codec",
          "sampleRate",
          "channels",
          "rate",
          "loudnessLufs",
          "labels",
          "standard",
          "default",
          "extension",
          "mediaType");

  private static final List<String> LABEL_MEMBERS = List.of("tags", "fromSource", "cover");

  private final Accounts accounts;
  private final ObjectStore store;

  public ProfileRoutes(Accounts accounts, ObjectStore store) {
    this.accounts = accounts;
    this.store = store;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.put("/v1/profiles/{profile}", this::put);
    routes.delete("/v1/profiles/{profile}", this::delete);
    routes.post("/v1/covers", this::cover);
  }

  private void put(Context ctx) throws IOException {
    Account caller = Gate.caller(ctx);
    Profile profile = read(ctx);
    List<ProfileRules.Problem> problems = new ArrayList<>(ProfileRules.check(profile));
    Labels labels = profile.labels();
    Sha256 cover = labels == null ? null : labels.cover();
    if (cover != null && store.head(Labels.coverKey(caller.id(), cover)).isEmpty()) {
      problems.add(
          new ProfileRules.Problem(
              "labels.cover", cover.hex(), "is not stored: POST the picture to /v1/covers first"));
    }
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
    boolean known = caller.profiles().stream().anyMatch(own -> own.name().equals(profile.name()));
    if (!known && caller.profiles().size() >= MOST_PROFILES) {
      throw Problem.of(
              409, "too-many-profiles", "an account has at most " + MOST_PROFILES + " of its own")
          .exception();
    }
    accounts.change(caller.id(), account -> account.withProfiles(with(account, profile)));
    Call.json(ctx, known ? 200 : 201, profile);
  }

  private static List<Profile> with(Account account, Profile profile) {
    List<Profile> all = without(account, profile.name());
    all.add(profile);
    return all;
  }

  private static List<Profile> without(Account account, String name) {
    List<Profile> others = new ArrayList<>(account.profiles());
    others.removeIf(own -> own.name().equals(name));
    return others;
  }

  private static Profile read(Context ctx) throws IOException {
    String name = ctx.pathParam("profile");
    if (StandardProfiles.ALL.containsKey(name)) {
      throw standard(name);
    }
    ObjectNode body = Call.body(ctx);
    refuseUnknown(body);
    refuseMissing(body);
    kindOfRate(body);
    body.put("name", name);
    if (body.get("labels") instanceof ObjectNode labels) {
      if (!labels.hasNonNull("tags")) {
        labels.putObject("tags");
      }
      if (!labels.hasNonNull("fromSource")) {
        labels.put("fromSource", false);
      }
    }
    try {
      return Json.mapper().treeToValue(body, Profile.class);
    } catch (JacksonException e) {
      throw Problem.of(
              422,
              "bad-profile",
              "a profile has codec, sampleRate, channels, rate and, if wanted, loudnessLufs and"
                  + " labels: "
                  + e.getOriginalMessage().replaceAll("(of type )?`io\\.castloom[^`]*`", ""))
          .exception();
    }
  }

  private static void refuseMissing(ObjectNode body) {
    List<ProfileRules.Problem> problems = new ArrayList<>();
    for (String member : List.of("codec", "sampleRate", "channels")) {
      if (!body.hasNonNull(member)) {
        problems.add(new ProfileRules.Problem(member, "", "is missing"));
      }
    }
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
  }

  /** What a rate has tells its kind, as in the profiles that are shown. */
  private static void kindOfRate(ObjectNode body) {
    ObjectNode rate = body.get("rate") instanceof ObjectNode given ? given : body.putObject("rate");
    if (!rate.hasNonNull("type")) {
      rate.put("type", rate.has("kbps") ? "bitrate" : rate.has("level") ? "quality" : "lossless");
    }
  }

  /** A misspelt member would else be left out in silence. */
  private static void refuseUnknown(ObjectNode body) {
    List<ProfileRules.Problem> problems = new ArrayList<>();
    unknown("", body, MEMBERS, problems);
    if (body.get("labels") instanceof ObjectNode labels) {
      unknown("labels.", labels, LABEL_MEMBERS, problems);
    }
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
  }

  private static void unknown(
      String where, ObjectNode node, List<String> known, List<ProfileRules.Problem> problems) {
    node.properties()
        .forEach(
            member -> {
              if (!known.contains(member.getKey())) {
                problems.add(
                    new ProfileRules.Problem(
                        where + member.getKey(),
                        member.getValue().toString(),
                        Suggestion.near(member.getKey(), known)
                            .map(near -> "is not known; did you mean " + where + near + "?")
                            .orElse("is not known; there are " + String.join(", ", known))));
              }
            });
  }

  private static ProblemException refused(List<ProfileRules.Problem> problems) {
    return new Problem(
            422,
            "bad-profile",
            String.join("; ", problems.stream().map(Object::toString).toList()),
            Map.of("problems", problems))
        .exception();
  }

  private void delete(Context ctx) throws IOException {
    Account caller = Gate.caller(ctx);
    String name = ctx.pathParam("profile");
    if (StandardProfiles.ALL.containsKey(name)) {
      throw standard(name);
    }
    if (caller.profiles().stream().noneMatch(own -> own.name().equals(name))) {
      throw Call.notFound("there is no profile " + name);
    }
    if (caller.defaultProfiles().contains(name)) {
      throw Problem.of(
              409, "default-profile", "uploads get " + name + " by default: change that first")
          .exception();
    }
    List<String> shows = offering(caller, name);
    if (!shows.isEmpty()) {
      throw Problem.of(
              409,
              "profile-in-use",
              "the episodes of %s come in %s: take it out of their formats first"
                  .formatted(String.join(", ", shows), name))
          .exception();
    }
    accounts.change(caller.id(), account -> account.withProfiles(without(account, name)));
    ctx.status(204);
  }

  /** The account's shows whose formats name a profile: without it they could not be assembled. */
  private List<String> offering(Account account, String profile) throws IOException {
    Catalog catalog = new Catalog(store, _ -> Set.of());
    List<String> shows = new ArrayList<>();
    for (String id : catalog.shows()) {
      Catalog.Stored show = catalog.find(new DocumentKey.OfShow(id)).orElse(null);
      if (show != null
          && show.account().equals(account.id().value())
          && show.tree().get("formats") instanceof List<?> formats
          && formats.contains(profile)) {
        shows.add(id);
      }
    }
    return shows;
  }

  private static ProblemException standard(String name) {
    return Problem.of(
            409, "standard-profile", name + " is a standard profile: give yours another name")
        .exception();
  }

  /** Stores a picture under its digest; the same picture again is the same cover. */
  private void cover(Context ctx) throws IOException {
    Account caller = Gate.caller(ctx);
    byte[] picture = PacedBody.of(ctx).readNBytes(Picture.MOST_BYTES + 1);
    if (picture.length > Picture.MOST_BYTES) {
      throw Problem.of(413, "too-large", "a cover has at most " + Picture.MOST_BYTES + " bytes")
          .exception();
    }
    String wrong = Picture.problem(picture);
    if (wrong != null) {
      throw Problem.of(422, "bad-cover", wrong).exception();
    }
    Sha256 name = new StoredCovers(store).keep(caller.id(), picture);
    Call.json(ctx, 201, Map.of("cover", name.hex(), "bytes", picture.length));
  }
}
