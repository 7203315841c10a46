package io.castloom.service.process;

/**
 * A process that was started.
 *
 * @param stop to tell it to end, and to await that it is told
 * @param adminPort where its admin port really listens
 */
public record RunningService(Stop stop, Parts parts, int adminPort) implements AutoCloseable {

  /** Ends it in good order and returns when it has. */
  @Override
  public void close() {
    stop.request("closed");
    parts.close();
  }
}
