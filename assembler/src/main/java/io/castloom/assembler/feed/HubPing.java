package io.castloom.assembler.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.service.outgoing.OutgoingCall;
import io.castloom.service.outgoing.Reach;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a show's WebSub hub that its feed changed (W3C WebSub, section 7: publishers and hubs agree
 * on the form; {@code hub.mode=publish} with {@code hub.url} is the one that public hubs take). A
 * hub that cannot be told is logged: subscribers find the feed at their next look.
 */
public final class HubPing implements FeedPublisher.Hubs {
  private static final Logger LOG = LoggerFactory.getLogger(HubPing.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Reach reach;

  /**
   * @param reach which addresses may be called: documents of customers name the hubs
   */
  public HubPing(Reach reach) {
    this.reach = reach;
  }

  /** Tells a hub; gives whether it took it. */
  @Override
  public boolean tell(String hub, URI feed) {
    try {
      URI uri = URI.create(hub);
      String body = "hub.mode=publish&hub.url=" + URLEncoder.encode(feed.toString(), UTF_8);
      int status =
          OutgoingCall.post(
              uri,
              reach.judged(uri),
              Map.of("Content-Type", "application/x-www-form-urlencoded", "User-Agent", "Castloom"),
              body.getBytes(UTF_8),
              PATIENCE);
      if (status / 100 == 2) {
        return true;
      }
      throw new IOException("it answered " + status);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("hub {} was not told of {}: {}", hub, feed, e.getMessage());
      return false;
    }
  }
}
