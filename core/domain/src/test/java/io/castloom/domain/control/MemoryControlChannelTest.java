package io.castloom.domain.control;

import java.time.InstantSource;

final class MemoryControlChannelTest extends ControlChannelContract {

  private final MemoryControlChannel channel = new MemoryControlChannel(InstantSource.system());

  @Override
  protected ControlChannel channel() {
    return channel;
  }
}
