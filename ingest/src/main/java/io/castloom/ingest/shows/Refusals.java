package io.castloom.ingest.shows;

import io.castloom.domain.document.Problem;
import io.castloom.ingest.http.ProblemException;
import io.castloom.service.catalog.DocumentKey;
import java.util.List;
import java.util.Map;

/** Documents that break rules, as answers. */
final class Refusals {
  private Refusals() {}

  /** 422 with everything that is wrong. */
  static ProblemException of(DocumentKey key, List<Problem> problems) {
    String more =
        problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more, see problems)";
    return new io.castloom.ingest.http.Problem(
            422,
            "document-refused",
            key.words() + " is not applied: " + line(problems.getFirst()) + more,
            Map.of("problems", problems))
        .exception();
  }

  /** 422 for what cannot be deleted. */
  static ProblemException stays(DocumentKey key, List<Problem> problems) {
    return new io.castloom.ingest.http.Problem(
            422,
            "document-refused",
            key.words() + " stays: " + line(problems.getFirst()),
            Map.of("problems", problems))
        .exception();
  }

  private static String line(Problem problem) {
    String at = problem.field().isEmpty() ? "it" : problem.field();
    String value = problem.value().isEmpty() ? "" : " = " + problem.value();
    return at + value + " " + problem.rule();
  }
}
