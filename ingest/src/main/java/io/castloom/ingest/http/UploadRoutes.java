package io.castloom.ingest.http;

import io.castloom.domain.media.Sha256;
import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.Reception;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.UploadHerald;
import io.castloom.ingest.intake.UploadOutcome;
import io.castloom.ingest.intake.UploadRequest;
import io.castloom.ingest.intake.Uploader;
import io.castloom.service.accounts.Account;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code PUT /v1/uploads/{filename}}: a whole file as the body. */
public final class UploadRoutes implements Routes {
  private static final int BUFFER_BYTES = 32 << 10;

  private final Intake intake;
  private final ShowUploads shows;
  private final UploadHerald herald;
  private final IdempotencyKeys keys;

  public UploadRoutes(Intake intake, ShowUploads shows, UploadHerald herald) {
    this.intake = intake;
    this.shows = shows;
    this.herald = herald;
    this.keys = new IdempotencyKeys(intake);
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.put("/v1/uploads/{filename}", this::upload);
    routes.options("/v1/uploads", this::limits);
    routes.options("/v1/uploads/{filename}", this::limits);
  }

  private void limits(Context ctx) {
    ctx.header("Allow", "PUT, OPTIONS");
    Call.json(
        ctx,
        200,
        Map.of(
            "maxUploadBytes", intake.policy().maxUploadBytes(),
            "digests", "sha-256",
            "resumable", "/v1/tus"));
  }

  private void upload(Context ctx) throws IOException {
    Account caller = Gate.caller(ctx);
    Wishes.refuseOthers(ctx.queryParamMap().keySet());
    UploadRequest request =
        new Wishes(caller, shows, intake.policy().callbacks(), name -> query(ctx, name))
            .request(ctx.pathParam("filename"));
    Sha256 announced = ContentDigest.sha256(ctx.header("Content-Digest"));
    IdempotencyKeys.Key key = keys.key(ctx, caller.id(), request, announced);
    Optional<Map<?, ?>> before = key == null ? Optional.empty() : keys.answer(key);
    if (before.isPresent()) {
      Call.json(ctx, 201, before.get());
      return;
    }
    long length = ctx.req().getContentLengthLong();
    try (Reception reception = intake.begin(uploader(caller), length, announced);
        var _ =
            herald.watch(
                reception.upload(),
                new UploadHerald.Arriving(() -> request, length, reception::received))) {
      receive(ctx, reception);
      switch (reception.finish(request)) {
        case UploadOutcome.Accepted accepted -> {
          Map<String, Object> receipt = Receipts.of(accepted);
          if (key != null) {
            keys.keep(key, receipt);
          }
          ctx.header("Location", "/v1/jobs/" + accepted.job().id());
          Call.json(ctx, 201, receipt);
        }
        case UploadOutcome.Refused refused -> throw Receipts.problem(refused).exception();
        case UploadOutcome.Damaged damaged -> throw Receipts.problem(damaged).exception();
      }
    }
  }

  private static void receive(Context ctx, Reception reception) throws IOException {
    InputStream body = PacedBody.of(ctx);
    byte[] buffer = new byte[BUFFER_BYTES];
    while (true) {
      int read;
      try {
        read = body.read(buffer);
      } catch (TooSlowException slow) {
        throw slow;
      } catch (IOException gone) {
        throw Problem.of(
                400,
                "incomplete",
                "the upload broke off after " + reception.received() + " bytes; nothing was kept")
            .exception();
      }
      if (read < 0) {
        break;
      }
      reception.write(buffer, 0, read);
    }
    long declared = ctx.req().getContentLengthLong();
    if (declared >= 0 && declared != reception.received()) {
      throw Problem.of(
              400,
              "incomplete",
              "the upload ended after "
                  + reception.received()
                  + " of "
                  + declared
                  + " bytes; nothing was kept")
          .exception();
    }
  }

  static Uploader uploader(Account account) {
    return new Uploader(account.id(), account.limits().uploadBytes());
  }

  /** Repeated parameters are one, with commas. */
  private static @Nullable String query(Context ctx, String name) {
    var values = ctx.queryParams(name);
    return values.isEmpty() ? null : String.join(",", values);
  }
}
