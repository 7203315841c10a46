package io.castloom.domain.show;

/** Where in an episode an ad break lies. */
public enum SlotKind {
  /** Before the body, after the intro. */
  PRE,
  /** At a cue point within the body. */
  MID,
  /** After the body, before the outro. */
  POST
}
