package io.castloom.ingest.http;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.UploadRequest;
import io.castloom.service.json.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Idempotency-Key} header: a request that is repeated with its key gets the first one's
 * answer, and nothing is done twice. Kept for a day at {@code uploads/<account>/…/answer.json}. Two
 * requests at the same time both do their work; that is harmless, because originals and jobs are
 * named by content.
 */
final class IdempotencyKeys {
  private static final int MAX_LENGTH = 255;

  private final ObjectStore store;

  IdempotencyKeys(Intake intake) {
    this.store = intake.store();
  }

  /**
   * A key of a request.
   *
   * @param path where its answer is kept
   * @param asked what was asked for, so that a key is not used for something else
   */
  record Key(String path, String asked) {}

  private record Answer(String asked, Map<String, Object> receipt) {}

  /** The request's key; null when it has none. */
  @Nullable Key key(
      Context ctx, AccountId account, UploadRequest request, @Nullable Sha256 announced) {
    String header = ctx.header("Idempotency-Key");
    if (header == null) {
      return null;
    }
    if (header.isBlank() || header.length() > MAX_LENGTH) {
      throw Call.wrong("Idempotency-Key", header, "has 1 to 255 characters");
    }
    return new Key(
        "uploads/" + account + "/key-" + digest(header) + "/answer.json",
        digest(request + " " + announced + " " + ctx.req().getContentLengthLong()));
  }

  /** The answer that the key's first request got. */
  Optional<Map<?, ?>> answer(Key key) throws IOException {
    Answer answer;
    try {
      answer = Json.read(store, key.path(), Answer.class);
    } catch (NoSuchObjectException e) {
      return Optional.empty();
    }
    if (!answer.asked().equals(key.asked())) {
      throw Problem.of(
              422,
              "idempotency-key-reused",
              "this Idempotency-Key was used for another file or other wishes; take a new one: nothing"
                  + " was taken in")
          .exception();
    }
    return Optional.of(answer.receipt());
  }

  void keep(Key key, Map<String, Object> receipt) throws IOException {
    store.put(key.path(), Json.data(new Answer(key.asked(), receipt)), PutCondition.ifAbsent());
  }

  private static String digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
  }
}
