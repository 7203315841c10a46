package io.castloom.aws;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by service and operation. Safe for several threads. */
public final class CallCounter implements CallListener {

  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  @Override
  public void called(String service, String operation) {
    calls.computeIfAbsent(service + "." + operation, name -> new LongAdder()).increment();
  }

  /** What was counted so far, by names such as {@code Sqs.SendMessage}, in their order. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  public long total() {
    return calls.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Counts from nothing again. */
  public void reset() {
    calls.clear();
  }
}
