package io.castloom.ingest.http;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectPage;
import io.castloom.domain.store.ObjectStore;
import io.castloom.ingest.intake.Intake;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/renditions/{original}/{profile}}: the bytes, with ranges. */
public final class RenditionRoutes implements Routes {
  private static final Pattern PROFILE_KEY = Pattern.compile("[a-z0-9-]{1,40}(\\.[0-9a-f]{12})?");
  private static final String CACHE = "private, max-age=3600";

  private final Intake intake;
  private final Accounts accounts;
  private final ObjectStore store;

  public RenditionRoutes(Intake intake, Accounts accounts) {
    this.intake = intake;
    this.accounts = accounts;
    this.store = intake.store();
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.get("/v1/renditions/{original}/{profile}", this::send);
    routes.head("/v1/renditions/{original}/{profile}", this::send);
  }

  private void send(Context ctx) throws IOException {
    AccountId account = Gate.account(ctx);
    Sha256 sha256 = Call.part(ctx, "original", Sha256::new);
    Original original =
        intake
            .originals()
            .find(account, sha256)
            .orElseThrow(() -> Call.notFound("you have no original " + sha256));
    String name = ctx.pathParam("profile");
    Optional<String> key = key(sha256, profileKey(account, name));
    if (key.isEmpty()) {
      throw Call.notFound(
          "there is no rendition "
              + name
              + " of "
              + original.filename()
              + " (yet); GET /v1/jobs says what is at work");
    }
    ctx.header("Content-Disposition", disposition(original.filename(), extension(account, name)));
    StoredFile file = new StoredFile(store, key.get(), null, CACHE);
    if (file.send(ctx).isEmpty()) {
      throw Call.notFound("the rendition was removed");
    }
  }

  /** The account's profile of that name; else what jobs call it, with its digest. */
  private String profileKey(AccountId account, String name) throws IOException {
    Optional<Account> owner = accounts.find(account);
    Optional<Profile> profile = owner.flatMap(it -> it.profile(name));
    if (profile.isPresent()) {
      return profile.get().key();
    }
    if (!PROFILE_KEY.matcher(name).matches()) {
      throw Call.notFound("there is no profile " + name);
    }
    return name;
  }

  /** The newest of the encoders' renditions. */
  private Optional<String> key(Sha256 original, String profileKey) throws IOException {
    ObjectPage page = store.list("pieces/" + original + "/" + profileKey + "/", "", 1_000);
    return page.objects().stream()
        .filter(object -> object.key().contains("/audio."))
        .max(Comparator.comparing(ObjectInfo::lastModified))
        .map(ObjectInfo::key);
  }

  private @Nullable String extension(AccountId account, String name) throws IOException {
    String plain = name.replaceFirst("\\..*$", "");
    return accounts
        .find(account)
        .flatMap(owner -> owner.profile(plain))
        .map(profile -> profile.codec().extension())
        .orElse(null);
  }

  /** The uploader's name for it with the rendition's extension (RFC 6266 and 8187). */
  private static String disposition(String filename, @Nullable String extension) {
    String base = filename.replaceFirst("\\.[^.]{1,5}$", "");
    String name = extension == null ? base : base + "." + extension;
    String ascii = name.replaceAll("[^A-Za-z0-9 ._-]", "_");
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return "inline; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }
}
