package io.castloom.ingest.http;

import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.ShowUploads;
import io.castloom.ingest.intake.TooLargeException;
import io.castloom.ingest.tus.TusReceiver;
import io.castloom.ingest.tus.TusUpload;
import io.castloom.service.accounts.Account;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/tus}: tus 1.0.0 with creation, creation-with-upload, termination, checksum and
 * expiration (tus.io/protocols/resumable-upload).
 */
public final class TusRoutes implements Routes {
  private static final String VERSION = "1.0.0";
  private static final String EXTENSIONS =
      "creation,creation-with-upload,termination,checksum,expiration";
  private static final String PIECE_TYPE = "application/offset+octet-stream";

  private final Intake intake;
  private final ShowUploads shows;
  private final TusReceiver receiver;

  public TusRoutes(Intake intake, ShowUploads shows, TusReceiver receiver) {
    this.intake = intake;
    this.shows = shows;
    this.receiver = receiver;
  }

  @Override
  public void install(RoutesConfig routes) {
    for (String path : new String[] {"/v1/tus", "/v1/tus/{upload}"}) {
      routes.before(path, ctx -> ctx.header("Tus-Resumable", VERSION));
      routes.options(path, this::abilities);
    }
    routes.post("/v1/tus", this::create);
    routes.head("/v1/tus/{upload}", this::offset);
    routes.patch("/v1/tus/{upload}", this::piece);
    routes.delete("/v1/tus/{upload}", this::terminate);
    routes.get("/v1/tus/{upload}", this::show);
  }

  private void abilities(Context ctx) {
    ctx.status(204);
    ctx.header("Tus-Version", VERSION);
    ctx.header("Tus-Extension", EXTENSIONS);
    ctx.header("Tus-Max-Size", Long.toString(intake.policy().maxUploadBytes()));
    ctx.header("Tus-Checksum-Algorithm", Checksum.ALGORITHMS);
  }

  private void create(Context ctx) throws IOException {
    version(ctx);
    Account caller = Gate.caller(ctx);
    long length = length(ctx);
    if (length == 0) {
      throw Problem.of(422, "not-a-recording", "the file is empty").exception();
    }
    long limit = intake.limit(UploadRoutes.uploader(caller));
    if (length > limit) {
      throw new TooLargeException(limit);
    }
    String header = ctx.header("Upload-Metadata");
    Map<String, String> metadata = metadata(header);
    Wishes.refuseMisspelt(metadata.keySet());
    String filename = metadata.getOrDefault("filename", metadata.getOrDefault("name", ""));
    TusUpload upload =
        receiver.create(
            new Wishes(caller, shows, intake.policy().callbacks(), metadata::get).request(filename),
            header == null ? "" : header,
            length);
    ctx.header("Location", "/v1/tus/" + upload.id());
    ctx.header("Upload-Expires", StoredFile.date(upload.expiresAt()));
    if (PIECE_TYPE.equals(ctx.contentType())) {
      receive(ctx, caller, upload, 0, 201);
    } else {
      ctx.header("Upload-Offset", "0");
      ctx.status(201);
    }
  }

  private void offset(Context ctx) throws IOException {
    version(ctx);
    TusUpload upload = upload(ctx);
    ctx.header("Upload-Offset", Long.toString(receiver.offset(upload)));
    ctx.header("Upload-Length", Long.toString(upload.length()));
    ctx.header("Cache-Control", "no-store");
    tell(ctx, upload);
    ctx.status(200);
  }

  private void piece(Context ctx) throws IOException {
    version(ctx);
    TusUpload upload = upload(ctx);
    if (!PIECE_TYPE.equals(ctx.contentType())) {
      throw Problem.of(415, "wrong-media-type", "a piece is sent as " + PIECE_TYPE).exception();
    }
    String text = ctx.header("Upload-Offset");
    if (text == null || !text.matches("\\d{1,18}")) {
      throw Call.wrong(
          "Upload-Offset", text == null ? "" : text, "says at which byte the piece begins");
    }
    receive(ctx, Gate.caller(ctx), upload, Long.parseLong(text), 204);
  }

  private void receive(Context ctx, Account caller, TusUpload upload, long offset, int status)
      throws IOException {
    long ends = offset + Math.max(0, ctx.req().getContentLengthLong());
    if (ends > upload.length() && upload.receipt() == null) {
      throw new Problem(
              400,
              "too-long",
              "the piece ends at " + ends + ", but the upload has " + upload.length() + " bytes",
              Map.of("length", upload.length()))
          .exception();
    }
    TusReceiver.Piece piece;
    try (Checksum checksum = Checksum.of(ctx, intake)) {
      piece =
          receiver.receive(
              upload, offset, checksum.body(), UploadRoutes.uploader(caller), Receipts::of);
    }
    switch (piece) {
      case TusReceiver.Piece.Kept(TusUpload kept, long end) -> {
        ctx.header("Upload-Offset", Long.toString(end));
        tell(ctx, kept);
        ctx.status(status);
      }
      case TusReceiver.Piece.Complete(TusUpload complete, long end) -> {
        ctx.header("Upload-Offset", Long.toString(end));
        tell(ctx, complete);
        ctx.status(status);
      }
      case TusReceiver.Piece.Refused(String reason) ->
          throw Problem.of(422, "not-a-recording", reason).exception();
      case TusReceiver.Piece.Elsewhere(long end) ->
          throw new Problem(
                  409,
                  "wrong-offset",
                  "the piece begins at " + offset + " but " + end + " bytes have come",
                  Map.of("offset", end))
              .exception();
    }
  }

  private void terminate(Context ctx) throws IOException {
    version(ctx);
    receiver.remove(upload(ctx));
    ctx.status(204);
  }

  /** Beyond tus: what became of the upload, as JSON. */
  private void show(Context ctx) throws IOException {
    TusUpload upload = upload(ctx);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("upload", upload.id());
    view.put("filename", upload.request().filename());
    view.put("lengthBytes", upload.length());
    view.put("offsetBytes", receiver.offset(upload));
    view.put("expiresAt", upload.expiresAt());
    if (upload.receipt() != null) {
      view.put("receipt", upload.receipt());
    }
    Call.json(ctx, 200, view);
  }

  private static void tell(Context ctx, TusUpload upload) {
    ctx.header("Upload-Expires", StoredFile.date(upload.expiresAt()));
    if (!upload.metadata().isEmpty()) {
      ctx.header("Upload-Metadata", upload.metadata());
    }
    Map<String, Object> receipt = upload.receipt();
    if (receipt != null) {
      ctx.header("Castloom-Job", String.valueOf(receipt.get("job")));
      ctx.header("Castloom-Original", String.valueOf(receipt.get("original")));
    }
  }

  private TusUpload upload(Context ctx) throws IOException {
    String id = ctx.pathParam("upload");
    TusUpload upload = receiver.find(Gate.caller(ctx).id(), id);
    if (upload == null) {
      throw Call.notFound("there is no upload " + id + "; perhaps it has expired");
    }
    return upload;
  }

  private static void version(Context ctx) {
    String version = ctx.header("Tus-Resumable");
    if (!VERSION.equals(version)) {
      ctx.header("Tus-Version", VERSION);
      throw Problem.of(412, "tus-version", "send Tus-Resumable: " + VERSION).exception();
    }
  }

  private static long length(Context ctx) {
    String text = ctx.header("Upload-Length");
    if (text == null || !text.matches("\\d{1,18}")) {
      throw Call.wrong(
          "Upload-Length",
          text == null ? "" : text,
          "says how many bytes the file has (a file of "
              + "unknown length is sent by PUT /v1/uploads)");
    }
    return Long.parseLong(text);
  }

  private static Map<String, String> metadata(@Nullable String header) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (header == null || header.isBlank()) {
      return metadata;
    }
    for (String pair : header.split(",")) {
      String[] parts = pair.strip().split(" ", 2);
      try {
        byte[] value = Base64.getDecoder().decode(parts.length < 2 ? "" : parts[1].strip());
        metadata.put(parts[0], new String(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw Call.wrong("Upload-Metadata", pair, "is pairs of a name and a Base64 text");
      }
    }
    return metadata;
  }
}
