package io.castloom.local.rehearsal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A body in aws-chunked encoding: {@code <hex length>[;signature]CRLF<bytes>CRLF}, at last a chunk
 * of no bytes and trailers (S3 developer guide, "Signature calculations for streaming").
 */
final class Chunks {

  private Chunks() {}

  /** The bytes of all chunks; the body itself when it is not of that form. */
  static byte[] joined(byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (at < body.length) {
      int end = at;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      String head = new String(body, at, end - at, StandardCharsets.US_ASCII).strip();
      int length;
      try {
        length = Integer.parseInt(head.split(";", 2)[0], 16);
      } catch (NumberFormatException e) {
        return body;
      }
      if (length == 0 || end + 1 + length > body.length) {
        break;
      }
      all.write(body, end + 1, length);
      at = end + 1 + length + 2;
    }
    return all.toByteArray();
  }
}
