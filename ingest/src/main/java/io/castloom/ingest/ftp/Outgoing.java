package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Job;
import io.castloom.domain.job.JobFlow;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.Product;
import io.castloom.domain.media.Profile;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.jobs.Endings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of an account's recordings: the folder {@code /out} and {@code /status.txt}. */
public final class Outgoing {
  private static final int JOBS = 100;
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final int MAX_ACCOUNTS = 1_000;

  private final ObjectStore store;
  private final JobStore jobs;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Map<AccountId, Looked> looked = new HashMap<>();

  /**
   * @param store the private bucket
   */
  public Outgoing(ObjectStore store, JobStore jobs, Refusals refusals, InstantSource clock) {
    this.store = store;
    this.jobs = jobs;
    this.refusals = refusals;
    this.clock = clock;
  }

  private record Looked(Instant at, List<Item> items) {}

  /**
   * A job or a refusal under the name that it has in {@code /out}.
   *
   * @param files the renditions by their names; empty unless it is done
   */
  record Item(
      String name,
      String filename,
      JobState state,
      String failure,
      Instant at,
      Map<String, Product> files) {
    boolean failed() {
      return state == JobState.FAILED || state == JobState.REJECTED;
    }

    /** Why it failed, for people. */
    String words() {
      return filename + " was not taken: " + (failure.isEmpty() ? state.slug() : failure) + "\r\n";
    }
  }

  ObjectStore store() {
    return store;
  }

  Instant now() {
    return clock.instant();
  }

  /** The newest recordings of an account, the newest first. */
  synchronized List<Item> items(AccountId account) throws IOException {
    Instant now = clock.instant();
    Looked last = looked.get(account);
    if (last == null || now.isAfter(last.at().plus(FRESH))) {
      if (looked.size() >= MAX_ACCOUNTS) {
        looked.clear();
      }
      last = new Looked(now, look(account));
      looked.put(account, last);
    }
    return last.items();
  }

  Optional<Item> item(AccountId account, String name) throws IOException {
    return items(account).stream().filter(item -> item.name().equals(name)).findFirst();
  }

  private List<Item> look(AccountId account) throws IOException {
    Map<String, Item> byName = new LinkedHashMap<>();
    for (Job job : jobs.list(account, Optional.empty(), JOBS).jobs()) {
      String name = base(job.original().filename());
      if (byName.containsKey(name)) {
        name = name + "-" + job.id().value().substring(0, 6);
      }
      byName.put(name, item(name, job));
    }
    List<Item> all = new ArrayList<>(byName.values());
    for (Refusals.Refusal refusal : refusals.list(account)) {
      String name = base(refusal.filename());
      all.add(
          new Item(
              name,
              refusal.filename(),
              JobState.REJECTED,
              refusal.reason(),
              refusal.at(),
              Map.of()));
    }
    return List.copyOf(all);
  }

  private Item item(String name, Job job) throws IOException {
    JobFlow flow = JobFlow.of(job, jobs.records(job.account(), job.id()));
    Optional<JobStore.Ending> ending = jobs.ending(job.account(), job.id());
    JobState state =
        ending.isPresent()
            ? ending.get().state()
            : flow.state(jobs.cancelled(job.account(), job.id()));
    String failure =
        ending.map(JobStore.Ending::failure).orElseGet(() -> Endings.failure(flow, state));
    Map<String, Product> files = new LinkedHashMap<>();
    if (state == JobState.DONE) {
      for (Profile profile : job.profiles()) {
        flow.products().stream()
            .filter(product -> product.name().equals(profile.name()))
            .forEach(product -> files.put(file(job, profile), product));
      }
    }
    return new Item(
        name,
        job.original().filename(),
        state,
        failure,
        ending.map(JobStore.Ending::at).orElse(job.createdAt()),
        files);
  }

  private static String file(Job job, Profile profile) {
    return base(job.original().filename())
        + "."
        + profile.name()
        + "."
        + profile.codec().extension();
  }

  /** A file's name without its extension and without what has a meaning in paths. */
  private static String base(String filename) {
    String base = filename.replaceFirst("\\.[^.]{1,5}$", "").replaceAll("[/\\\\\\p{Cntrl}]", "_");
    return base.isBlank() || base.startsWith(".") ? "_" + base : base;
  }

  /** What is queued, running, done and failed, as a text. */
  String status(AccountId account) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("Castloom, account ").append(account).append(", ").append(clock.instant());
    text.append("\r\n\r\n");
    for (Item item : items(account)) {
      text.append(String.format(Locale.ROOT, "%-9s  %s", item.state().slug(), item.filename()));
      if (!item.failure().isEmpty()) {
        text.append("  (").append(item.failure()).append(')');
      }
      text.append("\r\n");
    }
    return text.toString();
  }
}
