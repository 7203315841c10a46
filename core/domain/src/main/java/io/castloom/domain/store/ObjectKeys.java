package io.castloom.domain.store;

import java.nio.charset.StandardCharsets;

/** The form of keys that S3 and a file system can both hold. */
final class ObjectKeys {

  private static final int MAX_BYTES = 1024; // S3 user guide, "Naming Amazon S3 objects"
  private static final int MAX_SEGMENT_BYTES = 200; // file systems hold 255; some append a suffix

  private ObjectKeys() {}

  /** What is wrong with a key; empty when nothing is. */
  static String fault(String key) {
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "is longer than 1,024 bytes";
    }
    if (key.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\')) {
      return "has a control character or a backslash";
    }
    for (String segment : key.split("/", -1)) {
      if (segment.isEmpty()) {
        return "has an empty segment";
      }
      if (segment.equals(".") || segment.equals("..")) {
        return "has a segment that means another folder";
      }
      if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
        return "has a segment of more than 200 bytes";
      }
    }
    return "";
  }
}
