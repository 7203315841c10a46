package io.castloom.ingest.http;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Analysis;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.NoSuchObjectException;
import io.castloom.ingest.intake.Intake;
import io.castloom.service.json.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/originals/{sha256}}: what was found in a recording, and what was heard in it. */
public final class OriginalRoutes implements Routes {
  private static final String CACHE = "private, max-age=86400";

  private final Intake intake;

  public OriginalRoutes(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/originals/{sha256}", this::show);
    for (String kind : new String[] {"waveform.json", "waveform.png"}) {
      routes.get("/v1/originals/{sha256}/" + kind, ctx -> waveform(ctx, kind));
      routes.head("/v1/originals/{sha256}/" + kind, ctx -> waveform(ctx, kind));
    }
  }

  private void show(Context ctx) throws IOException {
    Original original = original(ctx);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sha256", original.sha256());
    view.put("filename", original.filename());
    view.put("storedAt", original.storedAt());
    view.put("media", original.media());
    view.put("seconds", original.media().duration().toMillis() / 1000.0);
    try {
      view.put("analysis", Json.read(intake.store(), Analysis.key(original), Analysis.class));
      view.put("waveform", "/v1/originals/" + original.sha256() + "/waveform.json");
      view.put("picture", "/v1/originals/" + original.sha256() + "/waveform.png");
    } catch (NoSuchObjectException e) {
      // it was not heard yet; it comes with its first job
    }
    Call.json(ctx, 200, view);
  }

  private void waveform(Context ctx, String kind) throws IOException {
    Original original = original(ctx);
    boolean picture = kind.endsWith(".png");
    StoredFile file =
        new StoredFile(
            intake.store(),
            picture ? Analysis.pictureKey(original) : Analysis.waveformKey(original),
            picture ? "image/png" : Json.MEDIA_TYPE,
            CACHE);
    if (file.send(ctx).isEmpty()) {
      throw Call.notFound(
          "the waveform of " + original.filename() + " is not drawn yet; its job does that");
    }
  }

  private Original original(Context ctx) throws IOException {
    AccountId account = Gate.account(ctx);
    Sha256 sha256 = Call.part(ctx, "sha256", Sha256::new);
    return intake
        .originals()
        .find(account, sha256)
        .orElseThrow(() -> Call.notFound("you have no original " + sha256));
  }
}
