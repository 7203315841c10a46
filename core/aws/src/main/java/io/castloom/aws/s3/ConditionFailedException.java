package io.castloom.aws.s3;

import java.io.IOException;

/** The store said 412. Never leaves this package. */
final class ConditionFailedException extends IOException {

  private static final long serialVersionUID = 1L;
  private final boolean mayBeOwn;

  /**
   * @param mayBeOwn an earlier attempt of the same request may have taken effect
   */
  ConditionFailedException(boolean mayBeOwn, Throwable cause) {
    super("condition failed", cause);
    this.mayBeOwn = mayBeOwn;
  }

  boolean mayBeOwn() {
    return mayBeOwn;
  }
}
