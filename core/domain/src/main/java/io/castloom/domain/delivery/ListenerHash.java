package io.castloom.domain.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Makes an address unreadable before it is written down. With a salt that is thrown away after its
 * day, nobody can tell later who listened, but two requests of one day can be told to be of the
 * same listener.
 */
public final class ListenerHash {
  private static final int IPV6_PREFIX_BYTES = 8; // IAB 2.3: an IPv6 listener is a /64
  private static final int HASH_BYTES = 12;

  private ListenerHash() {}

  /**
   * Hashes an address.
   *
   * @param address an IPv4 or IPv6 address as text; of the latter the /64 counts
   * @param salt the day's, at least 16 random bytes
   * @return 24 hexadecimal digits
   * @throws IllegalArgumentException when the text is no address, or the salt is short
   */
  public static String of(String address, byte[] salt) {
    if (salt.length < 16) {
      throw new IllegalArgumentException("a salt has at least 16 bytes, not " + salt.length);
    }
    InetAddress parsed = InetAddress.ofLiteral(address);
    byte[] bytes = parsed.getAddress();
    byte[] counted =
        parsed instanceof Inet4Address ? bytes : Arrays.copyOf(bytes, IPV6_PREFIX_BYTES);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return HexFormat.of().formatHex(digest.digest(counted), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
