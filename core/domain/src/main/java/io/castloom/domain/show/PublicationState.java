package io.castloom.domain.show;

/** Whether listeners see an episode. */
public enum PublicationState {
  /** In preparation: assembled on request, in no feed. */
  DRAFT,
  /** In the feed from its publication date on. */
  PUBLISHED,
  /** Taken back: in no feed, no longer reassembled; its versions go after the grace period. */
  WITHDRAWN
}
