package io.castloom.domain.job;

/** How urgent work is; the order of the constants is the order of service. */
public enum Priority {
  HIGH,
  NORMAL,
  BULK;

  /** As written in keys, queues and the API: {@code high}, {@code normal} or {@code bulk}. */
  public String slug() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException there is no such priority
   */
  public static Priority of(String slug) {
    for (Priority priority : values()) {
      if (priority.slug().equals(slug)) {
        return priority;
      }
    }
    throw new IllegalArgumentException("a priority is high, normal or bulk, not \"" + slug + "\"");
  }
}
