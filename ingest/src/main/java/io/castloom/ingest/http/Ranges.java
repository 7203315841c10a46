package io.castloom.ingest.http;

import io.castloom.domain.store.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} header asks of an object (RFC 9110, section 14). */
sealed interface Ranges {
  /** All of it: no range was asked for, or one that may be passed over. */
  record Whole() implements Ranges {}

  /** One part. */
  record Part(ByteRange range) implements Ranges {}

  /** A part that it does not have. */
  record Outside() implements Ranges {}

  /** One range; several at once are answered with the whole, which the standard allows. */
  Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /**
   * @param header null when there was none
   */
  static Ranges of(@org.jspecify.annotations.Nullable String header, long sizeBytes) {
    Matcher match = header == null ? null : ONE.matcher(header);
    if (match == null || !match.matches()) {
      return new Whole();
    }
    String first = match.group(1);
    String last = match.group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return new Whole();
    }
    long from;
    long to;
    if (first.isEmpty()) {
      long suffix = Math.min(Long.parseLong(last), sizeBytes);
      from = sizeBytes - suffix;
      to = sizeBytes - 1;
    } else {
      from = Long.parseLong(first);
      to = last.isEmpty() ? sizeBytes - 1 : Math.min(Long.parseLong(last), sizeBytes - 1);
      if (!last.isEmpty() && Long.parseLong(last) < from) {
        return new Whole();
      }
    }
    return from >= sizeBytes || to < from
        ? new Outside()
        : new Part(new ByteRange(from, to - from + 1));
  }
}
