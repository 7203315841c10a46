package io.castloom.assembler.episode;

import io.castloom.bitstream.Bytes;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Picture;
import io.castloom.domain.show.CoverSource;
import io.castloom.service.outgoing.OutgoingCall;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.stitch.Covers;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a show's cover, and brings one of another place into the house, once for each address. An
 * episode does not wait for its cover: without one it is assembled as it is, and the next version
 * has another try.
 */
final class CoverFetcher {

  private static final Logger LOG = LoggerFactory.getLogger(CoverFetcher.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);
  private static final int MOST_REDIRECTIONS = 3;
  private static final int MOST_REMEMBERED = 1_000;

  private final Covers covers;
  private final Reach reach;
  private final InstantSource clock;
  private final Map<String, Instant> failed = new ConcurrentHashMap<>();

  CoverFetcher(Covers covers, Reach reach, InstantSource clock) {
    this.covers = covers;
    this.reach = reach;
    this.clock = clock;
  }

  /**
   * The picture that a document names; {@link Bytes#EMPTY} when there is none that suits.
   *
   * @param account whose document it is
   * @param cover as the document says it
   * @throws IOException the store failed, not the address
   */
  Bytes cover(AccountId account, String cover) throws IOException {
    return switch (CoverSource.of(cover)) {
      case CoverSource.Stored _ -> covers.find(account, cover);
      case CoverSource.Address(String address) -> at(account, address);
    };
  }

  private Bytes at(AccountId account, String address) throws IOException {
    Instant now = clock.instant();
    Instant before = failed.get(address);
    if (before != null && now.isBefore(before.plus(AGAIN_AFTER))) {
      return Bytes.EMPTY;
    }
    Bytes known = covers.find(account, address);
    if (address.isEmpty() || known.size() > 0) {
      return known;
    }
    Bytes picture;
    try {
      picture = fetch(address);
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("the cover {} is left out: {}", address, e.getMessage());
      if (failed.size() >= MOST_REMEMBERED) {
        failed.clear();
      }
      failed.put(address, now);
      return Bytes.EMPTY;
    }
    covers.keep(address, picture);
    return covers.find(account, address);
  }

  private Bytes fetch(String address) throws IOException {
    URI uri = URI.create(address);
    for (int i = 0; i <= MOST_REDIRECTIONS; i++) {
      OutgoingCall.Answer answer =
          OutgoingCall.get(uri, reach.judged(uri), Picture.MOST_BYTES, PATIENCE);
      if (answer.status() / 100 == 3 && !answer.location().isEmpty()) {
        uri = uri.resolve(answer.location());
        continue;
      }
      if (answer.status() != 200) {
        throw new IOException(uri.getHost() + " answered " + answer.status());
      }
      Bytes picture = answer.body();
      if (!Covers.suits(picture)) {
        throw new IOException(
            "it is no JPEG or PNG, or has more than " + Picture.MOST_BYTES + " bytes");
      }
      return picture;
    }
    throw new IOException("it is redirected more than " + MOST_REDIRECTIONS + " times");
  }
}
