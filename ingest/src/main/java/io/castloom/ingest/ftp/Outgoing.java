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
import io.castloom.service.originals.OriginalNames;
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
  private final OriginalNames names;
  private final InstantSource clock;
  private final Map<AccountId, Looked> looked = new HashMap<>();

  /**
   * @param store the private bucket
   * @param names under which originals came again
   */
  public Outgoing(
      ObjectStore store,
      JobStore jobs,
      Refusals refusals,
      OriginalNames names,
      InstantSource clock) {
    this.store = store;
    this.jobs = jobs;
    this.refusals = refusals;
    this.names = names;
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
    List<Job> newest = jobs.list(account, Optional.empty(), JOBS).jobs();
    Map<String, List<String>> also = newest.isEmpty() ? Map.of() : names.all(account);
    for (Job job : newest) {
      Look look = look(job);
      put(byName, look, job.original().filename());
      for (String filename : also.getOrDefault(job.original().sha256().hex(), List.of())) {
        put(byName, look, filename);
      }
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

  /** What became of a job, whatever it is called. */
  private record Look(Job job, JobFlow flow, JobState state, String failure, Instant at) {}

  /** Under a name that another one has already, the job's id tells them apart. */
  private static void put(Map<String, Item> byName, Look look, String filename) {
    String base = base(filename);
    String name =
        byName.containsKey(base) ? base + "-" + look.job.id().value().substring(0, 6) : base;
    byName.put(name, item(name, filename, look));
  }

  private Look look(Job job) throws IOException {
    JobFlow flow = JobFlow.of(job, jobs.records(job.account(), job.id()));
    Optional<JobStore.Ending> ending = jobs.ending(job.account(), job.id());
    JobState state =
        ending.isPresent()
            ? ending.get().state()
            : flow.state(jobs.cancelled(job.account(), job.id()));
    String failure =
        ending.map(JobStore.Ending::failure).orElseGet(() -> Endings.failure(flow, state));
    return new Look(
        job, flow, state, failure, ending.map(JobStore.Ending::at).orElse(job.createdAt()));
  }

  private static Item item(String name, String filename, Look look) {
    Map<String, Product> files = new LinkedHashMap<>();
    if (look.state == JobState.DONE) {
      for (Profile profile : look.job.profiles()) {
        look.flow.products().stream()
            .filter(product -> product.name().equals(profile.name()))
            .forEach(product -> files.put(file(filename, profile), product));
      }
    }
    return new Item(name, filename, look.state, look.failure, look.at, files);
  }

  private static String file(String filename, Profile profile) {
    return base(filename) + "." + profile.name() + "." + profile.codec().extension();
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
