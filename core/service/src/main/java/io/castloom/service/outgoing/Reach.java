package io.castloom.service.outgoing;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Which addresses of the network may be called. By default only those of the public internet, so
 * that nobody reaches the house's own services or the metadata of its instances through us.
 *
 * @param inside whether private, loopback and link-local addresses are allowed, for tests and for
 *     installations whose users are inside
 */
public record Reach(boolean inside) {

  /**
   * Looks up where a URL of somebody else's leads.
   *
   * @return the address to call, and no other: a name may change its mind in between
   * @throws RefusedAddressException it is neither http nor https, or one of its addresses may not
   *     be called
   * @throws java.net.UnknownHostException nobody is called so, at least now
   */
  public InetAddress judged(URI uri) throws IOException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (uri.getHost() == null || !scheme.matches("(?i)https?")) {
      throw new RefusedAddressException(uri + " is neither http nor https");
    }
    InetAddress[] found = InetAddress.getAllByName(uri.getHost());
    for (InetAddress address : found) {
      if (!allows(address)) {
        throw new RefusedAddressException(
            "%s has the address %s, which is not of the public internet"
                .formatted(uri.getHost(), address.getHostAddress()));
      }
    }
    return found[0];
  }

  /**
   * Whether it can be told of a URL without asking anybody that it will not be called, because the
   * address written in it is not of the public internet. A name is judged at the call only: it may
   * lead elsewhere by then.
   */
  public boolean refuses(URI uri) {
    String host = uri.getHost();
    if (inside || host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) { // RFC 6761, section 6.3
      return true;
    }
    try {
      return !isPublic(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }

  /** Whether this address may be called. */
  public boolean allows(InetAddress address) {
    return inside || isPublic(address);
  }

  /** Ranges of RFC 6890 (special purpose addresses) are not public. */
  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet6Address) {
      boolean unique = (first & 0xfe) == 0xfc;
      boolean global = (first & 0xe0) == 0x20;
      boolean tunnel = first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0));
      return global && !unique && !tunnel;
    }
    return first != 0
        && first < 240
        && !(first == 100 && (second & 0xc0) == 64) // shared by carriers
        && !(first == 192 && second == 0)
        && !(first == 198 && (second & 0xfe) == 18);
  }
}
