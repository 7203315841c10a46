package io.castloom.ingest.delivery;

import io.castloom.ingest.http.ClientAddress;
import io.javalin.http.Context;
import java.util.Objects;

/**
 * Who asks, for as long as his request is in memory.
 *
 * @param address an IP address as text; written down only as a hash
 * @param agent the user agent as it was sent, at most 300 characters; may be empty
 */
record Listener(String address, String agent) {
  private static final int LONGEST_AGENT = 300;

  static Listener of(Context ctx, boolean behindProxy) {
    String agent = Objects.requireNonNullElse(ctx.header("User-Agent"), "");
    return new Listener(
        ClientAddress.of(ctx, behindProxy),
        agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)));
  }
}
