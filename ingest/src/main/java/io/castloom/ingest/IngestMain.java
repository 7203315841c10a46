package io.castloom.ingest;

import io.castloom.service.process.Role;
import io.castloom.service.process.Service;

/** The process {@code ingest}; {@link Ingest} is the list of its parts. */
public final class IngestMain {
  private IngestMain() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs it until it is told to end; gives the exit code. */
  public static int run(String[] args) {
    return Service.main(Role.INGEST, args, IngestSettings::from, Ingest::build);
  }
}
