package io.castloom.tests.wire;

/** Decides what becomes of each request. Called from many threads. */
@FunctionalInterface
public interface Weather {

  /** What happens to a request. */
  enum Fate {
    /** It goes through, and so does the answer. */
    DELIVERED,
    /** It is answered 503 and never arrives. */
    UNAVAILABLE,
    /** The connection is reset and it never arrives. */
    RESET,
    /** It arrives and is carried out, but the connection is reset instead of the answer. */
    ANSWER_LOST
  }

  /**
   * @param head the request line and the header fields, as they came
   */
  Fate of(String head);

  /** Every request goes through. */
  static Weather calm() {
    return head -> Fate.DELIVERED;
  }
}
