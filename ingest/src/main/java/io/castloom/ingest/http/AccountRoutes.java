package io.castloom.ingest.http;

import io.castloom.domain.job.Priority;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.ingest.intake.Intake;
import io.castloom.service.accounts.Account;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/account} and {@code /v1/profiles}: who asks, and what he may ask for. */
public final class AccountRoutes implements Routes {
  private final Intake intake;

  public AccountRoutes(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/account", this::account);
    routes.get(
        "/v1/profiles",
        ctx -> {
          Account caller = Gate.caller(ctx);
          List<Object> all = new ArrayList<>();
          caller.allProfiles().forEach(profile -> all.add(view(caller, profile)));
          Call.page(ctx, "profiles", all, null);
        });
    routes.get(
        "/v1/profiles/{profile}",
        ctx -> {
          Account caller = Gate.caller(ctx);
          String name = ctx.pathParam("profile");
          Profile profile =
              caller.profile(name).orElseThrow(() -> Call.notFound("there is no profile " + name));
          Call.json(ctx, 200, view(caller, profile));
        });
  }

  private void account(Context ctx) {
    Account caller = Gate.caller(ctx);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", caller.id());
    view.put("operator", caller.isOperator());
    view.put("defaultProfiles", caller.defaultProfiles());
    view.put("priority", caller.priority().slug());
    view.put("priorities", List.of(Priority.values()).stream().map(Priority::slug).toList());
    view.put("maxUploadBytes", intake.limit(UploadRoutes.uploader(caller)));
    Call.json(ctx, 200, view);
  }

  private static Map<String, Object> view(Account caller, Profile profile) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", profile.name());
    view.put("standard", StandardProfiles.ALL.containsKey(profile.name()));
    view.put("default", caller.defaultProfiles().contains(profile.name()));
    view.put("codec", profile.codec());
    view.put("extension", profile.codec().extension());
    view.put("mediaType", profile.codec().mediaType());
    view.put("sampleRate", profile.sampleRate());
    view.put("channels", profile.channels());
    view.put("rate", profile.rate());
    if (profile.loudnessLufs() != null) {
      view.put("loudnessLufs", profile.loudnessLufs());
    }
    if (profile.labels() != null) {
      view.put("labels", profile.labels());
    }
    return view;
  }
}
