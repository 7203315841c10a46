package io.castloom.service.accounts;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.json.Documents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The accounts of an environment. What was read is believed for {@link #FRESH}, so a removed token
 * or account stops working within that time in other processes, at once in this one. Thread-safe.
 */
public final class Accounts {

  /** How long a document that was read is believed. */
  public static final Duration FRESH = Duration.ofSeconds(15);

  private static final String PREFIX = "accounts/";

  /** Accounts that do not exist are remembered as well; a flood of names must not fill memory. */
  private static final int MAX_CACHED = 10_000;

  private final Documents<Account> documents;
  private final ObjectStore store;
  private final InstantSource clock;
  private final Map<AccountId, Known> known = new ConcurrentHashMap<>();

  private record Known(Optional<Account> account, Instant readAt) {}

  /**
   * @param store the private bucket
   */
  public Accounts(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.documents = new Documents<>(store, Account.class);
  }

  private static String key(AccountId id) {
    return PREFIX + id + ".json";
  }

  /** Makes an account without a token; false when there is one of that name. */
  public boolean add(AccountId id, Account.Role role) throws IOException {
    boolean added = documents.create(key(id), Account.of(id, role, clock.instant())).isPresent();
    known.remove(id);
    return added;
  }

  /** An account; empty when there is none of that name. */
  public Optional<Account> find(AccountId id) throws IOException {
    Instant now = clock.instant();
    Known last = known.get(id);
    if (last != null && !now.isAfter(last.readAt().plus(FRESH))) {
      return last.account();
    }
    Optional<Account> account = documents.find(key(id)).map(Documents.Versioned::value);
    if (known.size() >= MAX_CACHED) {
      known.clear();
    }
    known.put(id, new Known(account, now));
    return account;
  }

  /** All accounts, by name. */
  public List<Account> list() throws IOException {
    List<Account> all = new ArrayList<>();
    String after = "";
    ObjectPage page;
    do {
      page = store.list(PREFIX, after, 1_000);
      for (ObjectInfo info : page.objects()) {
        String name = info.key().substring(PREFIX.length()).replaceFirst("\\.json$", "");
        find(new AccountId(name)).ifPresent(all::add);
        after = info.key();
      }
    } while (page.more() && !page.objects().isEmpty());
    return all;
  }

  /**
   * Changes an account.
   *
   * @return the changed one; empty when there is none of that name
   * @throws IllegalArgumentException the change made it invalid; the message says why
   */
  public Optional<Account> change(AccountId id, UnaryOperator<Account> change) throws IOException {
    if (documents.find(key(id)).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          documents.update(
              key(id),
              before -> {
                if (before == null) {
                  throw new Vanished();
                }
                return change.apply(before);
              }));
    } catch (Vanished e) {
      return Optional.empty();
    } finally {
      known.remove(id);
    }
  }

  /** It was deleted between two reads. */
  private static final class Vanished extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Gives an account a new token, in place of an older one of the same name.
   *
   * @return the token, which cannot be seen again; empty when there is no such account
   */
  public Optional<String> newToken(AccountId id, String name) throws IOException {
    String token = Tokens.fresh(id);
    String secret = Tokens.parse(token).orElseThrow().secret();
    Account.Token entry = new Account.Token(name, Tokens.digest(secret), clock.instant());
    return change(
            id,
            account -> {
              List<Account.Token> tokens = new ArrayList<>(account.tokens());
              tokens.removeIf(other -> other.name().equals(name));
              tokens.add(entry);
              return account.withTokens(tokens);
            })
        .map(_ -> token);
  }

  /**
   * Accepts a token that was made elsewhere, for an account that is set up from outside.
   *
   * @throws IllegalArgumentException it is not of the form {@code <account>.<secret>} for this
   *     account, or the secret has fewer than 43 characters
   */
  public Optional<Account> acceptToken(AccountId id, String name, String token) throws IOException {
    Tokens.Parsed parsed = Tokens.parse(token).filter(it -> it.account().equals(id)).orElse(null);
    if (parsed == null || parsed.secret().length() < 43) {
      throw new IllegalArgumentException(
          "a token is <account>.<secret>, the secret at least 43 characters of 256 random bits");
    }
    Account.Token entry = new Account.Token(name, Tokens.digest(parsed.secret()), clock.instant());
    return change(
        id,
        account -> {
          List<Account.Token> tokens = new ArrayList<>(account.tokens());
          tokens.removeIf(other -> other.name().equals(name));
          tokens.add(entry);
          return account.withTokens(tokens);
        });
  }

  /** Removes a token; false when there was none of that name. */
  public boolean removeToken(AccountId id, String name) throws IOException {
    boolean[] found = new boolean[1];
    change(
        id,
        account -> {
          List<Account.Token> tokens = new ArrayList<>(account.tokens());
          found[0] = tokens.removeIf(other -> other.name().equals(name));
          return account.withTokens(tokens);
        });
    return found[0];
  }

  /** The account that a token belongs to; empty when the token is wrong. */
  public Optional<Account> authenticate(String token) throws IOException {
    Tokens.Parsed parsed = Tokens.parse(token).orElse(null);
    if (parsed == null) {
      return Optional.empty();
    }
    return find(parsed.account())
        .filter(
            account ->
                account.tokens().stream()
                    .anyMatch(entry -> Tokens.matches(entry, parsed.secret())));
  }

  /** The same for a user name and a password, as FTP has them: the name must be the account's. */
  public Optional<Account> authenticate(String name, String token) throws IOException {
    return authenticate(token).filter(account -> account.id().value().equals(name));
  }

  /** Removes an account and its tokens; what it uploaded stays. False when there was none. */
  public boolean delete(AccountId id) throws IOException {
    boolean there = documents.find(key(id)).isPresent();
    store.delete(key(id));
    known.remove(id);
    return there;
  }

  /**
   * Tasks that an account may run at once, in the whole fleet; the most that can be set, which is
   * no limit, for one that is unknown or cannot be read now.
   */
  public int runningTasks(AccountId id) {
    try {
      return find(id).map(Account::limits).orElse(Account.Limits.DEFAULT).runningTasks();
    } catch (IOException e) {
      return Account.Limits.DEFAULT.runningTasks();
    }
  }

  /** An account's share of a busy fleet; 1 for one that is unknown or cannot be read now. */
  public int weight(AccountId id) {
    try {
      return find(id).map(account -> account.limits().weight()).orElse(1);
    } catch (IOException e) {
      return 1;
    }
  }
}
