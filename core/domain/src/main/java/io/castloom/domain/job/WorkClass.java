package io.castloom.domain.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A kind of work at a priority: each has its own queue and its own part of the backlog. */
public record WorkClass(TaskKind kind, Priority priority) {

  public WorkClass {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(priority);
  }

  /** For example {@code transcode-high}. */
  public String slug() {
    return kind.slug() + "-" + priority.slug();
  }

  /** Those of one kind, the most urgent first. */
  public static List<WorkClass> of(TaskKind kind) {
    List<WorkClass> all = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      all.add(new WorkClass(kind, priority));
    }
    return List.copyOf(all);
  }

  /** All of them, kind by kind, the most urgent first. */
  public static List<WorkClass> all() {
    List<WorkClass> all = new ArrayList<>();
    for (TaskKind kind : TaskKind.values()) {
      all.addAll(of(kind));
    }
    return List.copyOf(all);
  }

  /**
   * The class of a {@link #slug}.
   *
   * @throws IllegalArgumentException there is none
   */
  public static WorkClass ofSlug(String slug) {
    for (WorkClass workClass : all()) {
      if (workClass.slug().equals(slug)) {
        return workClass;
      }
    }
    throw new IllegalArgumentException("no class of work is called \"" + slug + "\"");
  }
}
