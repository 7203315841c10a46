package io.castloom.domain.show;

import io.castloom.domain.document.Fields;
import io.castloom.domain.document.Tree;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrangement template: which breaks an episode has and how much each may hold.
 *
 * @param pre the break before the body
 * @param mid each break at a cue point
 * @param post the break after the body
 * @param mostMids how many cue points become breaks at most; the earliest ones do
 * @param leastDistance how far a cue point lies at least from the start, the end and its neighbours
 */
public record BreakTemplate(
    BreakRule pre, BreakRule mid, BreakRule post, int mostMids, Duration leastDistance) {
  /** One slot in each kind of break, a minute at most, five minutes apart. */
  public static final BreakTemplate STANDARD =
      new BreakTemplate(
          new BreakRule(1, Duration.ofSeconds(60)),
          new BreakRule(1, Duration.ofSeconds(60)),
          new BreakRule(1, Duration.ofSeconds(60)),
          20,
          Duration.ofMinutes(5));

  /** Checks that nothing is null. */
  public BreakTemplate {
    Objects.requireNonNull(pre);
    Objects.requireNonNull(mid);
    Objects.requireNonNull(post);
    Objects.requireNonNull(leastDistance);
  }

  /** The rule of a kind of break. */
  public BreakRule rule(SlotKind kind) {
    return switch (kind) {
      case PRE -> pre;
      case MID -> mid;
      case POST -> post;
    };
  }

  static BreakTemplate read(Fields fields) {
    Duration distance = fields.timeOrNull("minimumDistance");
    return new BreakTemplate(
        rule(fields, "pre"),
        rule(fields, "mid"),
        rule(fields, "post"),
        (int) fields.whole("mostMids", 0, 100, STANDARD.mostMids),
        distance == null ? STANDARD.leastDistance : distance);
  }

  private static BreakRule rule(Fields fields, String name) {
    BreakRule rule = fields.inside(name, BreakRule::read);
    return rule == null ? BreakRule.CLOSED : rule;
  }

  static Tree tree(@Nullable BreakTemplate template) {
    return template == null
        ? new Tree()
        : new Tree()
            .put("pre", template.pre.tree())
            .put("mid", template.mid.tree())
            .put("post", template.post.tree())
            .put("mostMids", template.mostMids)
            .put("minimumDistance", template.leastDistance);
  }
}
