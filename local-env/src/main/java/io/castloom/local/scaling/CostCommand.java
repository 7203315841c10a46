package io.castloom.local.scaling;

import io.castloom.autoscaler.keep.Ledger;
import io.castloom.autoscaler.ops.EpisodeBill;
import io.castloom.autoscaler.ops.ScalerOperations;
import io.castloom.local.cli.Failure;
import io.castloom.local.cli.Spans;
import io.castloom.service.cloud.Cloud;
import io.castloom.service.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code castloom scaler cost}. */
@Command(
    name = "cost",
    description = "What instances cost, shared out by the seconds that tasks took.")
final class CostCommand implements Callable<Integer> {

  /** By what the cost can be shared out. */
  private enum By {
    ACCOUNT,
    CLASS,
    KIND,
    SHOW,
    DAY
  }

  @ParentCommand private ScalerCommand scaler;
  @Spec private CommandSpec spec;

  @Option(
      names = "--by",
      defaultValue = "account",
      paramLabel = "account|class|kind|show|day",
      description = "What it is shared out by (${DEFAULT-VALUE}).")
  private String by = "account";

  @Option(
      names = "--episode",
      paramLabel = "SHOW/EPISODE",
      description = "Of one episode: encoding its recordings for the show, and stitching it.")
  private @Nullable String episode;

  @Option(names = "--last", defaultValue = "30d", description = "How far back (${DEFAULT-VALUE}).")
  private String last = "30d";

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    By shared = by();
    try (Cloud cloud = scaler.access().open()) {
      ScalerOperations operations =
          new ScalerOperations(cloud.privateStore(), cloud.queues(), InstantSource.system());
      PrintWriter out = spec.commandLine().getOut();
      if (episode == null) {
        print(shares(operations, shared), shared, out);
      } else {
        print(bill(operations, episode), out);
      }
      return 0;
    } catch (IllegalArgumentException e) {
      throw Failure.usedWrongly(String.valueOf(e.getMessage()));
    }
  }

  private By by() throws Failure {
    for (By one : By.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(by)) {
        return one;
      }
    }
    throw Failure.usedWrongly("--by is account, class, kind, show or day, not " + by);
  }

  private EpisodeBill bill(ScalerOperations operations, String name) throws IOException, Failure {
    String[] parts = name.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw Failure.usedWrongly("--episode is SHOW/EPISODE, not " + name);
    }
    Instant now = Instant.now();
    return operations
        .cost(parts[0], parts[1], now.minus(ScalerCommand.days(last)), now)
        .orElseThrow(() -> Failure.failed("there is no episode " + name));
  }

  private Map<String, Double> shares(ScalerOperations operations, By shared) throws IOException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    ScalerOperations.Bills bills =
        operations.cost(today.minusDays(ScalerCommand.days(last).toDays()), today);
    for (LocalDate spoilt : bills.spoilt()) {
      spec.commandLine()
          .getErr()
          .println(
              "the bill of "
                  + spoilt
                  + " is spoilt and left out: fleet/ledger/"
                  + spoilt
                  + ".json");
    }
    Map<String, Double> shares = new HashMap<>();
    for (Ledger.Day day : bills.days()) {
      Map<String, Double> more =
          switch (shared) {
            case ACCOUNT -> day.usdBy(Ledger.Part.ACCOUNT);
            case CLASS -> day.usdBy(Ledger.Part.CLASS);
            case KIND -> day.usdBy(Ledger.Part.KIND);
            case SHOW -> day.usdBy(Ledger.Part.SHOW);
            case DAY -> Map.of(day.date().toString(), day.usd());
          };
      more.forEach((key, usd) -> shares.merge(key, usd, Double::sum));
    }
    return shares;
  }

  private void print(Map<String, Double> shares, By shared, PrintWriter out) {
    Comparator<Map.Entry<String, Double>> order =
        shared == By.DAY
            ? Map.Entry.comparingByKey()
            : Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey());
    if (json) {
      out.println(
          Json.write(
              shares.entrySet().stream()
                  .sorted(order)
                  .map(it -> Map.of(by, it.getKey(), "usd", it.getValue()))
                  .toList()));
      return;
    }
    shares.entrySet().stream()
        .sorted(order)
        .forEach(
            it ->
                out.printf(
                    Locale.ROOT,
                    "%-32s %10.4f USD%n",
                    it.getKey().isEmpty() ? "(no show)" : it.getKey(),
                    it.getValue()));
  }

  private void print(EpisodeBill bill, PrintWriter out) {
    if (json) {
      out.println(Json.write(bill));
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s/%s: %.4f USD, %d tasks%n",
        bill.show(),
        bill.episode(),
        bill.usd(),
        bill.tasks());
    bill.secondsByWork().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> out.printf("  %-30s %s%n", it.getKey(), Spans.ofSeconds(it.getValue())));
  }
}
