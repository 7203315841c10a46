package io.castloom.ingest.delivery;

import io.javalin.http.Context;
import java.net.InetAddress;
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
        address(ctx, behindProxy), agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)));
  }

  /** The proxy appends whom it was asked by; what stands before that, anybody can write. */
  private static String address(Context ctx, boolean behindProxy) {
    String own = ctx.ip().replaceAll("[\\[\\]]", "");
    String forwarded = behindProxy ? ctx.header("X-Forwarded-For") : null;
    if (forwarded != null) {
      String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
      try {
        return InetAddress.ofLiteral(last).getHostAddress();
      } catch (IllegalArgumentException e) {
        return own;
      }
    }
    return own;
  }
}
