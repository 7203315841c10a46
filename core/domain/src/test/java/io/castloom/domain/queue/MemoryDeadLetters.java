package io.castloom.domain.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dead letters of a {@link MemoryWorkQueue}. */
final class MemoryDeadLetters<T> implements DeadLetters<T> {

  private final MemoryWorkQueue<T> queue;
  private final MessageCodec<T> codec;
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();

  MemoryDeadLetters(MemoryWorkQueue<T> queue, MessageCodec<T> codec) {
    this.queue = queue;
    this.codec = codec;
  }

  synchronized void keep(MemoryMessage message, String reason) {
    letters.put(message.id, new DeadLetter(message.id, message.raw, reason));
  }

  @Override
  public synchronized void bury(T body, String reason) {
    String id = queue.name() + "-dead-" + (letters.size() + 1) + "-" + System.nanoTime();
    letters.put(id, new DeadLetter(id, codec.encode(body), reason));
  }

  @Override
  public synchronized List<DeadLetter> list(int limit) {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("a list has 1 to 1,000 dead letters: " + limit);
    }
    return letters.values().stream().limit(limit).toList();
  }

  @Override
  public boolean redrive(String messageId) throws IOException {
    DeadLetter letter;
    synchronized (this) {
      letter = letters.remove(messageId);
    }
    if (letter == null) {
      return false;
    }
    queue.sendRaw(letter.raw(), Duration.ZERO);
    return true;
  }

  @Override
  public synchronized boolean drop(String messageId) {
    return letters.remove(messageId) != null;
  }

  @Override
  public synchronized long count() {
    return letters.size();
  }
}
