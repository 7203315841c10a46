package io.castloom.domain.delivery;

import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a file somebody has got, over all his range requests. */
final class ByteSet {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /** Adds bytes; what is there already is not counted twice. */
  void add(long from, long to) {
    if (to <= from) {
      return;
    }
    long start = from;
    long end = to;
    Map.Entry<Long, Long> before = ranges.floorEntry(start);
    if (before != null && before.getValue() >= start) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    Map.Entry<Long, Long> next = ranges.higherEntry(start);
    while (next != null && next.getKey() <= end) {
      end = Math.max(end, next.getValue());
      ranges.remove(next.getKey());
      next = ranges.higherEntry(start);
    }
    ranges.put(start, end);
  }

  /** How many different bytes. */
  long size() {
    long size = 0;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      size += range.getValue() - range.getKey();
    }
    return size;
  }

  /** Whether all bytes of a range are there. */
  boolean covers(long from, long to) {
    Map.Entry<Long, Long> range = ranges.floorEntry(from);
    return range != null && range.getValue() >= to;
  }
}
