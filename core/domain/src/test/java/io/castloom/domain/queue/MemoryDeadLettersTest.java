package io.castloom.domain.queue;

import io.castloom.domain.ManualClock;

final class MemoryDeadLettersTest extends DeadLettersContract {

  private final MemoryWorkQueue<String> queue =
      new MemoryWorkQueue<>("memory", ManualClock.atNoon(), new TextCodec(), Hostility.none());

  @Override
  protected WorkQueue<String> queue() {
    return queue;
  }
}
