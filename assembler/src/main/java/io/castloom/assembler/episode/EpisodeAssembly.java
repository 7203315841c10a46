package io.castloom.assembler.episode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.castloom.assembler.pieces.PieceOrders;
import io.castloom.assembler.publish.Publisher;
import io.castloom.bitstream.Bytes;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.arrangement.Arrangement;
import io.castloom.domain.arrangement.Rendering;
import io.castloom.domain.delivery.VersionFacts;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Product;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import io.castloom.domain.splice.Part;
import io.castloom.domain.splice.SplicePlan;
import io.castloom.service.assembly.EpisodeOrder;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.stitch.Covers;
import io.castloom.service.stitch.EpisodeStitcher;
import io.castloom.service.stitch.PieceNeed;
import io.castloom.service.stitch.Stitched;
import io.castloom.service.versions.DeliveredBytes;
import io.castloom.service.versions.EpisodeMedia;
import io.castloom.service.versions.MediaVersion;
import io.castloom.service.versions.StoredVersions;
import io.castloom.service.versions.TimedParts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * Makes the media versions of one episode: plans each format, has missing pieces made, publishes
 * what can be published, and last makes it the current one. A version that cannot be made leaves
 * the last good one where it is.
 */
final class EpisodeAssembly {

  private static final Duration PIECES_TAKE = Duration.ofSeconds(2);

  private final Parts parts;
  private final StoredOriginals originals;
  private final InstantSource clock;

  /**
   * What it works with.
   *
   * @param encoder the build of the fleet's encoder
   */
  record Parts(
      ShowFormats formats,
      EpisodeStitcher stitcher,
      CoverFetcher covers,
      PieceOrders orders,
      Publisher publisher,
      TimedTexts texts,
      StoredVersions versions,
      String encoder) {}

  EpisodeAssembly(Parts parts, StoredOriginals originals, InstantSource clock) {
    this.parts = parts;
    this.originals = originals;
    this.clock = clock;
  }

  private record Planned(
      Profile profile, Arrangement arrangement, Stitched.File file, Bytes cover) {}

  /**
   * Assembles.
   *
   * @param publishable asked right before anything is published
   */
  TaskOutcome assemble(
      Show show,
      Episode episode,
      EpisodeOrder order,
      Priority priority,
      BooleanSupplier publishable)
      throws IOException {
    AccountId account = new AccountId(show.account());
    Bytes cover = parts.covers().cover(account, Covers.name(show, episode));
    List<Planned> planned = new ArrayList<>();
    Map<Profile, List<PieceNeed>> missing = new LinkedHashMap<>();
    for (Profile profile : parts.formats().of(show)) {
      Arrangement arrangement =
          Arrangement.of(
              show,
              episode,
              originals.of(account),
              order.night(),
              order.slots(),
              Rendering.of(profile, parts.encoder()));
      switch (parts.stitcher().stitch(show, episode, arrangement, profile, cover)) {
        case Stitched.File file -> planned.add(new Planned(profile, arrangement, file, cover));
        case Stitched.Missing(List<PieceNeed> pieces) -> missing.put(profile, pieces);
        case Stitched.Impossible(List<String> reasons) -> {
          return new TaskOutcome.Rejected(String.join("; ", reasons));
        }
      }
    }
    if (!missing.isEmpty()) {
      return order(show, missing, priority);
    }
    if (planned.isEmpty()) {
      return new TaskOutcome.Rejected("show " + show.id() + " has no format that exists");
    }
    if (!publishable.getAsBoolean()) {
      return new TaskOutcome.Interrupted("the lease is in doubt: nothing is published");
    }
    return publish(account, episode, planned);
  }

  private TaskOutcome order(Show show, Map<Profile, List<PieceNeed>> missing, Priority priority)
      throws IOException {
    int count = 0;
    for (Map.Entry<Profile, List<PieceNeed>> format : missing.entrySet()) {
      for (PieceNeed piece : format.getValue()) {
        AccountId account = new AccountId(show.account());
        PieceOrders.Outcome outcome =
            parts.orders().order(account, piece, format.getKey(), parts.encoder(), priority);
        if (outcome instanceof PieceOrders.Outcome.Hopeless(String reason)) {
          return new TaskOutcome.Rejected(reason);
        }
        count++;
      }
    }
    return new TaskOutcome.Postponed(count + " pieces are being made", PIECES_TAKE);
  }

  private TaskOutcome publish(AccountId account, Episode episode, List<Planned> planned)
      throws IOException {
    Instant now = clock.instant();
    List<MediaVersion> made = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    for (Planned format : planned) {
      MediaVersion version = version(episode, format, now);
      parts.publisher().publish(version.key(), version.mediaType(), format.file());
      parts.versions().keepFacts(facts(episode, version, format.file()));
      made.add(version);
      products.add(product(version, format.file()));
    }
    TimedParts timed =
        parts
            .texts()
            .publish(account, episode, made.getFirst().id(), planned.getFirst().file().timeline());
    EpisodeMedia media =
        parts
            .versions()
            .update(
                episode.show(),
                episode.id(),
                before ->
                    before.publish(
                        made, planned.getFirst().arrangement().placements(), timed, now));
    for (int i = 0; i < made.size(); i++) {
      // The sweeper may have removed an older object of this key just before it became current.
      MediaVersion version = made.get(i);
      if (media.current().containsValue(version)) {
        parts.publisher().publish(version.key(), version.mediaType(), planned.get(i).file());
      }
    }
    return new TaskOutcome.Produced(products);
  }

  private static MediaVersion version(Episode episode, Planned format, Instant now) {
    String fingerprint = format.arrangement().fingerprint();
    String id = id(fingerprint, format);
    long bytes = format.file().parts().bytes();
    long own = format.file().parts().throughUs();
    return new MediaVersion(
        id,
        format.profile().name(),
        "media/%s/%s/%s.%s"
            .formatted(episode.show(), episode.id(), id, format.profile().codec().extension()),
        format.profile().codec().mediaType(),
        bytes,
        format.file().timeline().length(),
        fingerprint,
        format.arrangement().night(),
        now,
        bytes - own,
        own);
  }

  /**
   * What the key ends in. The fingerprint knows the cover's address and the recordings only;
   * whether the picture could be had, and which pieces were encoded again, makes another file, and
   * so another key.
   */
  private static String id(String fingerprint, Planned format) {
    StringBuilder print = new StringBuilder(fingerprint);
    if (format.cover().size() > 0) {
      print.append(Sha256.of(format.cover().toArray()).hex());
    }
    new TreeSet<>(format.file().again().keySet()).forEach(print::append);
    String all =
        print.length() == fingerprint.length()
            ? fingerprint
            : Sha256.of(print.toString().getBytes(US_ASCII)).hex();
    return all.substring(0, 16);
  }

  private static VersionFacts facts(Episode episode, MediaVersion version, Stitched.File file) {
    return DeliveredBytes.of(
        version.key(), episode.show(), episode.id(), file.bytes(), file.timeline());
  }

  private static Product product(MediaVersion version, Stitched.File file) {
    Map<String, String> facts = new HashMap<>();
    facts.put("bucket", "public");
    facts.put("seconds", String.valueOf(version.duration().toMillis() / 1000.0));
    facts.put("requests", Integer.toString(requests(file.parts())));
    facts.put("ownBytes", Long.toString(version.ownBytes()));
    facts.put("copiedBytes", Long.toString(version.copiedBytes()));
    file.again()
        .forEach(
            (recording, why) ->
                facts.merge("encodedAgain", recording + " " + why, (a, b) -> a + "; " + b));
    return new Product(
        version.format(), version.key(), version.sizeBytes(), version.mediaType(), facts);
  }

  /**
   * Calls to the store that publishing takes: a head, the facts, and a put, or the parts with their
   * frame.
   */
  private static int requests(SplicePlan plan) {
    return switch (plan) {
      case SplicePlan.PlainPut _ -> 3;
      case SplicePlan.Multipart(List<Part> all) -> all.size() + 4;
    };
  }
}
