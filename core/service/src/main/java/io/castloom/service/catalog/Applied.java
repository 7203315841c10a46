package io.castloom.service.catalog;

import io.castloom.domain.document.Problem;
import java.util.List;

/** What came of applying a document. */
public sealed interface Applied {

  /**
   * It stands, or would stand if this was a dry run.
   *
   * @param etag guards the next change; empty for a dry run
   * @param changes what changes, in words; empty when nothing does
   */
  record Accepted(String etag, boolean created, List<String> changes) implements Applied {
    public Accepted {
      changes = List.copyOf(changes);
    }
  }

  /** It breaks rules; nothing was changed. */
  record Refused(List<Problem> problems) implements Applied {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Somebody changed it since it was read; nothing was changed.
   *
   * @param etag the one of today; empty when it does not exist
   */
  record Stale(String etag) implements Applied {}

  /** It belongs to another account; nothing was changed. */
  record Foreign() implements Applied {}
}
