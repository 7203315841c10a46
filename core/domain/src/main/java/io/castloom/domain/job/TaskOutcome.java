package io.castloom.domain.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How one try at a task ended. */
public sealed interface TaskOutcome {

  /** Its results are stored. */
  record Produced(List<Product> products) implements TaskOutcome {
    public Produced {
      products = List.copyOf(products);
    }
  }

  /**
   * A fault that may pass: another try after the delay, here or elsewhere. It counts as a failure.
   */
  record Retry(String cause, Duration delay, String stderrTail) implements TaskOutcome {
    public Retry {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(delay);
      Objects.requireNonNull(stderrTail);
    }
  }

  /** No try can succeed; the cause is for the podcaster. */
  record Rejected(String cause) implements TaskOutcome {
    public Rejected {
      Objects.requireNonNull(cause);
    }
  }

  /**
   * What it needs is being made by others: given back with a delay, no failure.
   *
   * @param delay 1 s to 15 min
   */
  record Postponed(String cause, Duration delay) implements TaskOutcome {
    public Postponed {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(delay);
    }
  }

  /** Stopped by a drain, an interruption or a lost lease: given back at once, no failure. */
  record Interrupted(String cause) implements TaskOutcome {}

  /** Somebody cancelled the job. */
  record Cancelled() implements TaskOutcome {}
}
