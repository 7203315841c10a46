package io.castloom.domain.fleet;

import java.io.IOException;
import java.util.List;

/**
 * The instances that Castloom launched and may end; others are never seen here. Listings may lag
 * behind a launch by some seconds, so whoever counts adds what he launched himself.
 *
 * <p>Every method throws {@link IOException} for infrastructure faults: the effect is then unknown,
 * and asking again with the same token is safe.
 */
public interface Fleet {

  /** Launches instances; with a token that was used before, answers what that launch gave. */
  LaunchOutcome launch(LaunchRequest request) throws IOException;

  /** Ends instances. Idempotent; unknown ones are passed over. */
  void terminate(List<InstanceId> instances) throws IOException;

  /** Every instance that is not gone, and perhaps some that lately went. */
  List<Instance> list() throws IOException;
}
