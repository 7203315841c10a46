package io.castloom.ingest.ftp;

import io.castloom.domain.account.AccountId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is on its way, and what was taken in lately. Guarded by {@link Incoming}'s monitor.
 *
 * <p>A file that was taken in is still listed for a while: some clients ask for its size.
 */
final class TransferTable {
  private static final Logger LOG = LoggerFactory.getLogger(TransferTable.class);
  private static final Duration SHOWN = Duration.ofMinutes(10);

  private final Map<Transfer.Key, Transfer> transfers = new HashMap<>();
  private final Map<Transfer.Key, Transfer.Listed> done = new HashMap<>();

  @Nullable Transfer get(Transfer.Key key) {
    return transfers.get(key);
  }

  void put(Transfer transfer) {
    done.remove(transfer.key());
    transfers.put(transfer.key(), transfer);
  }

  void rename(Transfer transfer, Transfer.Key to) {
    transfers.remove(transfer.key());
    transfer.move(to);
    transfers.put(to, transfer);
  }

  void taken(Transfer.Key key, long sizeBytes, Instant now) {
    done.put(key, new Transfer.Listed(key.path(), sizeBytes, now));
  }

  /** What is in a folder of an account, by name. */
  List<Transfer.Listed> list(AccountId account, String folder, Instant now) {
    done.values().removeIf(it -> now.isAfter(it.at().plus(SHOWN)));
    List<Transfer.Listed> all = new ArrayList<>();
    transfers.forEach(
        (key, it) -> {
          if (isIn(key, account, folder)) {
            all.add(it.listed());
          }
        });
    done.forEach(
        (key, it) -> {
          if (isIn(key, account, folder)) {
            all.add(it);
          }
        });
    all.sort(Comparator.comparing(it -> it.path().name()));
    return all;
  }

  private static boolean isIn(Transfer.Key key, AccountId account, String folder) {
    return key.account().equals(account) && key.path().folder().equals(folder);
  }

  Optional<Transfer.Listed> find(Transfer.Key key) {
    Transfer transfer = transfers.get(key);
    return transfer != null ? Optional.of(transfer.listed()) : Optional.ofNullable(done.get(key));
  }

  /** The one that has waited longest for its sender. */
  Optional<Transfer> longestWaiting() {
    return transfers.values().stream()
        .filter(it -> !it.busy())
        .min(Comparator.comparing(Transfer::touched));
  }

  /** Forgets those that have waited since before this. */
  void dropWaitingSince(Instant limit) {
    transfers.values().stream()
        .filter(it -> !it.busy() && it.touched().isBefore(limit))
        .toList()
        .forEach(this::drop);
  }

  void dropAll() {
    List.copyOf(transfers.values()).forEach(this::drop);
  }

  /** Forgets a transfer and what has come of it. */
  void drop(Transfer transfer) {
    transfers.remove(transfer.key(), transfer);
    try {
      transfer.reception().close();
    } catch (IOException e) {
      LOG.warn("{} did not close well: {}", transfer.key().path(), e.toString());
    }
  }
}
