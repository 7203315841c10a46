package io.castloom.local.system;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.job.Priority;
import io.castloom.local.cli.Bounds;
import io.castloom.local.cli.Failure;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code castloom account}. */
@Command(
    name = "account",
    description = "Who may use Castloom: add, list, set, token, delete.",
    synopsisSubcommandLabel = "COMMAND")
public final class AccountCommand {

  @Mixin private CloudAccess access;
  @Spec private CommandSpec spec;

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @FunctionalInterface
  private interface Work {
    int on(Accounts accounts) throws IOException, Failure;
  }

  private int with(Work work) throws IOException, Failure {
    try (Cloud cloud = access.open()) {
      return work.on(new Accounts(cloud.privateStore(), InstantSource.system()));
    }
  }

  private static AccountId id(String name) throws Failure {
    try {
      return new AccountId(name);
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(String.valueOf(e.getMessage()));
    }
  }

  private static Account require(String name, Optional<Account> account) throws Failure {
    return account.orElseThrow(
        () ->
            Failure.failed("there is no account " + name + "; `castloom account list` shows them"));
  }

  /** Without the digests of tokens: they sign callbacks, so who reads them could forge one. */
  static JsonNode shown(Account account) {
    JsonNode tree = Json.mapper().valueToTree(account);
    for (JsonNode token : tree.path("tokens")) {
      ((ObjectNode) token).remove("sha256");
    }
    return tree;
  }

  @Command(
      name = "add",
      description = "Add an account and print its first token, which cannot be seen again.")
  int add(
      @Parameters(paramLabel = "ACCOUNT", description = "3 to 32 of a-z, 0-9 and '-'.") String name,
      @Option(names = "--operator", description = "It may see and do everything.") boolean operator)
      throws Exception {
    return with(
        accounts -> {
          Account.Role role = operator ? Account.Role.OPERATOR : Account.Role.CUSTOMER;
          if (!accounts.add(id(name), role)) {
            throw Failure.failed("there is an account " + name + " already");
          }
          out().println(accounts.newToken(id(name), "first").orElseThrow());
          return 0;
        });
  }

  @Command(name = "list", description = "All accounts.")
  int list(@Option(names = "--json", description = "As JSON.") boolean json) throws Exception {
    return with(
        accounts -> {
          List<Account> all = accounts.list();
          if (json) {
            out()
                .println(
                    Json.write(
                        Map.of("accounts", all.stream().map(AccountCommand::shown).toList())));
            return 0;
          }
          for (Account account : all) {
            out()
                .println(
                    "%-32s %-9s tokens %s"
                        .formatted(
                            account.id(),
                            account.role().name().toLowerCase(java.util.Locale.ROOT),
                            account.tokens().stream().map(Account.Token::name).toList()));
          }
          return 0;
        });
  }

  @Command(name = "set", description = "Change what an account gets.")
  int set(
      @Parameters(paramLabel = "ACCOUNT", description = "Its name.") String name,
      @Option(
              names = "--profiles",
              paramLabel = "NAMES",
              description = "Default profiles, with commas.")
          @Nullable String profiles,
      @Option(names = "--priority", paramLabel = "PRIORITY", description = "high, normal or bulk.")
          @Nullable String priority,
      @Option(
              names = "--weight",
              paramLabel = "N",
              description = "Its share in relation to others', 1 as a rule.")
          @Nullable Integer weight,
      @Option(names = "--running", paramLabel = "N", description = "Tasks at once, at most.")
          @Nullable Integer running,
      @Option(names = "--upload", paramLabel = "SIZE", description = "Largest upload, as 20GiB.")
          @Nullable String upload)
      throws Exception {
    if (weight != null) {
      Bounds.within("--weight", weight, 1, Account.Limits.MOST_WEIGHT);
    }
    if (running != null) {
      Bounds.within("--running", running, 1, Account.Limits.MOST_TASKS);
    }
    long uploadBytes = upload == null ? 0 : Bounds.size("--upload", upload);
    return with(
        accounts -> {
          try {
            Account changed =
                require(
                    name,
                    accounts.change(
                        id(name),
                        account -> {
                          Account now = account;
                          if (profiles != null) {
                            now =
                                now.withDefaultProfiles(
                                    Arrays.stream(profiles.split(",")).map(String::strip).toList());
                          }
                          if (priority != null) {
                            now = now.withPriority(Priority.of(priority));
                          }
                          Account.Limits limits = now.limits();
                          return now.withLimits(
                              new Account.Limits(
                                  running == null ? limits.runningTasks() : running,
                                  upload == null ? limits.uploadBytes() : uploadBytes,
                                  weight == null ? limits.weight() : weight));
                        }));
            out().println(Json.pretty(shown(changed)));
            return 0;
          } catch (IllegalArgumentException e) {
            throw Failure.usedWrongly(String.valueOf(e.getMessage()));
          }
        });
  }

  @Command(
      name = "token",
      description = "Make a new token (the one of that name ends), or remove one.")
  int token(
      @Parameters(paramLabel = "ACCOUNT", description = "Its name.") String name,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              defaultValue = "first",
              description = "The token's name (${DEFAULT-VALUE}).")
          String token,
      @Option(names = "--remove", description = "Remove it instead.") boolean remove)
      throws Exception {
    return with(
        accounts -> {
          if (remove) {
            if (!accounts.removeToken(id(name), token)) {
              throw Failure.failed("account " + name + " has no token " + token);
            }
            out().println("removed");
            return 0;
          }
          out()
              .println(
                  accounts
                      .newToken(id(name), token)
                      .orElseThrow(() -> Failure.failed("there is no account " + name)));
          return 0;
        });
  }

  @Command(name = "delete", description = "Delete an account; what it stored stays.")
  int delete(@Parameters(paramLabel = "ACCOUNT", description = "Its name.") String name)
      throws Exception {
    return with(
        accounts -> {
          if (!accounts.delete(id(name))) {
            throw Failure.failed("there is no account " + name);
          }
          out().println("deleted");
          return 0;
        });
  }
}
