package io.castloom.domain.queue;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps bodies aside and writes only a number, for tests that have no codec. */
final class IdentityCodec<T> implements MessageCodec<T> {

  private final Map<String, T> bodies = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  @Override
  public String encode(T body) {
    String text = last.incrementAndGet() + " " + body;
    bodies.put(text, body);
    return text;
  }

  @Override
  public T decode(String text) throws IOException {
    T body = bodies.get(text);
    if (body == null) {
      throw new IOException("not sent through this queue: " + text);
    }
    return body;
  }
}
