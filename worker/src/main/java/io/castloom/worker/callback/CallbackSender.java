package io.castloom.worker.callback;

import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.json.Json;
import io.castloom.service.outgoing.OutgoingCall;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.outgoing.RefusedAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends callbacks: a POST with a small JSON document, {@code Castloom-Timestamp} and {@code
 * Castloom-Signature} (see {@link CallbackSignature}). Any 2xx is success, everything else is tried
 * again; an address that may not be called, or can never be, ends it.
 */
public final class CallbackSender {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

  private final Accounts accounts;
  private final Reach reach;
  private final InstantSource clock;

  public CallbackSender(Accounts accounts, Reach reach, InstantSource clock) {
    this.accounts = accounts;
    this.reach = reach;
    this.clock = clock;
  }

  /** What the request's body holds. */
  private record Body(
      String job,
      String account,
      String state,
      Instant at,
      @Nullable Instant endedAt,
      String failure) {}

  /** Sends one. */
  public TaskOutcome send(Task task, TaskSpec.Callback callback) throws IOException {
    URI uri;
    try {
      uri = URI.create(callback.url());
    } catch (IllegalArgumentException e) {
      return new TaskOutcome.Rejected("the callback's address is none: " + callback.url());
    }
    InetAddress address;
    try {
      address = reach.judged(uri);
    } catch (RefusedAddressException e) {
      return new TaskOutcome.Rejected("the callback is not sent: " + e.getMessage());
    } catch (UnknownHostException e) {
      return again("no host is called " + uri.getHost());
    }
    Account account = accounts.find(task.account()).orElse(null);
    if (account == null) {
      return new TaskOutcome.Rejected("the account " + task.account() + " is gone");
    }
    return post(task, callback, uri, address, account);
  }

  private TaskOutcome post(
      Task task, TaskSpec.Callback callback, URI uri, InetAddress address, Account account) {
    Instant now = clock.instant();
    String body =
        Json.write(
            new Body(
                task.id().job().value(),
                task.account().value(),
                callback.state().slug(),
                callback.at(),
                callback.state().ended() ? callback.at() : null,
                callback.failure()));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", Json.MEDIA_TYPE);
    headers.put("User-Agent", "Castloom");
    headers.put("Castloom-Delivery", task.id().toString());
    headers.put("Castloom-Timestamp", Long.toString(now.getEpochSecond()));
    headers.put("Castloom-Signature", CallbackSignature.of(account.tokens(), now, body));
    try {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      int status = OutgoingCall.post(uri, address, headers, bytes, PATIENCE);
      return status / 100 == 2
          ? new TaskOutcome.Produced(List.of())
          : again(uri.getHost() + " answered " + status);
    } catch (IOException e) {
      return again(uri.getHost() + " cannot be told: " + e.getMessage());
    }
  }

  private static TaskOutcome again(String cause) {
    return new TaskOutcome.Retry(cause, FIRST_DELAY, "");
  }
}
