package io.castloom.service.accounts;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.ProfileRules;
import io.castloom.domain.media.StandardProfiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An account's document, {@code accounts/<account>.json} of the private bucket.
 *
 * @param role what its tokens allow
 * @param tokens those that are valid, without their secrets
 * @param profiles its own, beside the standard ones; other names than theirs
 * @param defaultProfiles the names of what its uploads get unless they say otherwise; at least one
 * @param priority what its jobs get unless they say otherwise
 */
public record Account(
    AccountId id,
    Role role,
    Instant createdAt,
    List<Token> tokens,
    List<Profile> profiles,
    List<String> defaultProfiles,
    Priority priority,
    Limits limits) {

  /** What an account's tokens allow. */
  public enum Role {
    /** Its own uploads, jobs, shows. */
    CUSTOMER,
    /** Everybody's, and queues, fleet and scaler. */
    OPERATOR
  }

  /**
   * A token that is valid, of which only the digest is kept.
   *
   * @param name names it for people and for its removal, 1 to 40 of {@code [a-z0-9-]}
   * @param sha256 the digest of the token's secret, in hexadecimal
   */
  public record Token(String name, String sha256, Instant createdAt) {
    public Token {
      if (!name.matches("[a-z0-9-]{1,40}")) {
        throw new IllegalArgumentException(
            "a token's name is 1 to 40 of a-z, 0-9 and '-': \"" + name + "\"");
      }
      Objects.requireNonNull(sha256);
      Objects.requireNonNull(createdAt);
    }
  }

  /**
   * How much an account may do.
   *
   * @param runningTasks at once, in the whole fleet; 1 to 10,000, which is no limit
   * @param uploadBytes the largest upload; 1 to 5 TB (S3's largest object)
   * @param weight its share of a busy fleet in relation to others', 1 to 100
   */
  public record Limits(int runningTasks, long uploadBytes, int weight) {
    /** More tasks at once are no limit. */
    public static final int MOST_TASKS = 10_000;

    public static final int MOST_WEIGHT = 100;

    /** What an account gets that was given nothing else. */
    public static final Limits DEFAULT = new Limits(MOST_TASKS, 20L << 30, 1);

    public Limits {
      if (runningTasks < 1 || runningTasks > MOST_TASKS) {
        throw new IllegalArgumentException("running tasks out of 1..10000: " + runningTasks);
      }
      if (uploadBytes < 1 || uploadBytes > 5_000_000_000_000L) {
        throw new IllegalArgumentException("largest upload out of 1 B..5 TB: " + uploadBytes);
      }
      if (weight < 1 || weight > MOST_WEIGHT) {
        throw new IllegalArgumentException("weight out of 1..100: " + weight);
      }
    }
  }

  public Account {
    Objects.requireNonNull(id);
    Objects.requireNonNull(role);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(limits);
    tokens = List.copyOf(tokens);
    profiles = List.copyOf(profiles);
    defaultProfiles = List.copyOf(defaultProfiles);
    for (Profile own : profiles) {
      if (StandardProfiles.ALL.containsKey(own.name())) {
        throw new IllegalArgumentException(
            "profile " + own.name() + " is a standard one; an own one needs another name");
      }
    }
    if (profiles.stream().map(Profile::name).distinct().count() != profiles.size()) {
      throw new IllegalArgumentException("account " + id + " has two profiles of one name");
    }
    if (defaultProfiles.isEmpty()) {
      throw new IllegalArgumentException("account " + id + " needs a default profile");
    }
    for (String name : defaultProfiles) {
      if (find(profiles, name).isEmpty()) {
        throw new IllegalArgumentException("account " + id + " has no profile \"" + name + "\"");
      }
    }
  }

  /** An account with the standard profiles and no token. */
  public static Account of(AccountId id, Role role, Instant now) {
    return new Account(
        id,
        role,
        now,
        List.of(),
        List.of(),
        StandardProfiles.DEFAULT,
        Priority.NORMAL,
        Limits.DEFAULT);
  }

  /** The account's own profile of this name, or the standard one; empty when there is neither. */
  public Optional<Profile> profile(String name) {
    return find(profiles, name);
  }

  /** All of its profiles: the standard ones, then its own. */
  public List<Profile> allProfiles() {
    List<Profile> all = new ArrayList<>(StandardProfiles.ALL.values());
    all.addAll(profiles);
    return List.copyOf(all);
  }

  /** The profiles that an upload gets which asks for none. */
  public List<Profile> defaults() {
    return defaultProfiles.stream().map(name -> profile(name).orElseThrow()).toList();
  }

  public boolean isOperator() {
    return role == Role.OPERATOR;
  }

  Account withTokens(List<Token> others) {
    return new Account(id, role, createdAt, others, profiles, defaultProfiles, priority, limits);
  }

  /**
   * The same account with other own profiles.
   *
   * @throws IllegalArgumentException one of them cannot be encoded; the message says what is wrong
   */
  public Account withProfiles(List<Profile> others) {
    for (Profile own : others) {
      List<ProfileRules.Problem> problems = ProfileRules.check(own);
      if (!problems.isEmpty()) {
        String all = problems.stream().map(Object::toString).collect(Collectors.joining("; "));
        throw new IllegalArgumentException("profile " + own.name() + ": " + all);
      }
    }
    return new Account(id, role, createdAt, tokens, others, defaultProfiles, priority, limits);
  }

  /** The same account with other default profiles. */
  public Account withDefaultProfiles(List<String> names) {
    return new Account(id, role, createdAt, tokens, profiles, names, priority, limits);
  }

  /** The same account with another default priority. */
  public Account withPriority(Priority other) {
    return new Account(id, role, createdAt, tokens, profiles, defaultProfiles, other, limits);
  }

  /** The same account with other limits. */
  public Account withLimits(Limits other) {
    return new Account(id, role, createdAt, tokens, profiles, defaultProfiles, priority, other);
  }

  private static Optional<Profile> find(List<Profile> own, String name) {
    return own.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .or(() -> Optional.ofNullable(StandardProfiles.ALL.get(name)));
  }
}
