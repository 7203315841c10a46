package io.castloom.ingest.delivery;

import io.castloom.service.settings.SettingsReader;
import java.time.Duration;

/**
 * What can be set about delivery.
 *
 * @param redirect whether an episode's address answers with a redirect to its current version
 *     instead of the bytes: good when a cache stands in front, which then keeps versions for ever
 * @param behindProxy whether the last address of {@code X-Forwarded-For} is the listener's, or of
 *     whoever tries tokens; only right when a proxy of one's own writes it
 * @param flushEvery the longest time that a line of the delivery log waits in memory
 */
public record DeliverySettings(boolean redirect, boolean behindProxy, Duration flushEvery) {
  /** What holds unless it is set. */
  public static final DeliverySettings STANDARD =
      new DeliverySettings(false, false, Duration.ofSeconds(60));

  /** Reads them. */
  public static DeliverySettings from(SettingsReader reader) {
    return new DeliverySettings(
        reader.flag(
            "media.redirect",
            STANDARD.redirect,
            "whether an episode's address redirects to its current version"),
        reader.flag(
            "media.behindProxy",
            STANDARD.behindProxy,
            "whether a proxy of yours writes the address of listeners, and of those who try tokens,"
                + " into X-Forwarded-For"),
        reader.duration(
            "media.logFlush",
            STANDARD.flushEvery,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            "the longest time that a line of the delivery log waits in memory"));
  }
}
