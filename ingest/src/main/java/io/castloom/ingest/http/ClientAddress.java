package io.castloom.ingest.http;

import io.javalin.http.Context;
import java.net.InetAddress;

/** Whose request it is: an IP address as text. */
public final class ClientAddress {

  private ClientAddress() {}

  /**
   * The address that a request came from.
   *
   * @param behindProxy whether a proxy of one's own appends whom it was asked by to {@code
   *     X-Forwarded-For}; what stands before that, anybody can write
   */
  public static String of(Context ctx, boolean behindProxy) {
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
