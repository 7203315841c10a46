package io.castloom.ingest.shows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.castloom.domain.account.AccountId;
import io.castloom.domain.show.Transcript;
import io.castloom.ingest.http.Call;
import io.castloom.ingest.http.PacedBody;
import io.castloom.ingest.http.Problem;
import io.castloom.ingest.http.Routes;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.catalog.CatalogEditor;
import io.castloom.service.catalog.DocumentKey;
import io.castloom.service.originals.StoredTranscripts;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /v1/shows/{show}/episodes/{episode}/transcript} takes a transcript as a file, WebVTT
 * or SubRip in UTF-8, and names it in the episode's document; {@code DELETE} takes it out again. A
 * broken one is refused with the line and the rule, and nothing is changed. Like a document it is
 * guarded by {@code If-Match} and tried by {@code ?dryRun=true}.
 */
public final class TranscriptRoutes implements Routes {
  private static final String PATH = "/v1/shows/{show}/episodes/{episode}/transcript";
  private static final String FIELD = "transcript";

  private final FieldEdit edit;
  private final StoredTranscripts transcripts;

  public TranscriptRoutes(Catalog catalog, CatalogEditor editor, StoredTranscripts transcripts) {
    this.edit = new FieldEdit(catalog, editor);
    this.transcripts = transcripts;
  }

  @Override
  public void install(RoutesConfig routes) {
    routes.put(PATH, this::put);
    routes.delete(PATH, this::delete);
  }

  private void put(Context ctx) throws IOException {
    boolean dryRun = Call.flag(ctx, "dryRun");
    Catalog.Stored episode = guarded(ctx);
    String text = text(ctx);
    Transcript.Format format = format(ctx, text);
    Map<String, Object> transcript = new LinkedHashMap<>();
    transcript.put("format", format.name().toLowerCase(Locale.ROOT));
    String language = ctx.queryParam("language");
    if (language != null) {
      transcript.put("language", language);
    }
    // checked as if it stood in the document, whose rules it has to keep
    Map<String, Object> inline = new LinkedHashMap<>(transcript);
    inline.put("text", text);
    edit.apply(episode, FIELD, inline, true);
    transcript.put("sha256", transcripts.keep(new AccountId(edit.account(episode)), text).hex());
    FieldEdit.answer(ctx, episode, edit.apply(episode, FIELD, transcript, dryRun), dryRun);
  }

  private void delete(Context ctx) throws IOException {
    boolean dryRun = Call.flag(ctx, "dryRun");
    Catalog.Stored episode = guarded(ctx);
    FieldEdit.answer(ctx, episode, edit.apply(episode, FIELD, null, dryRun), dryRun);
  }

  private Catalog.Stored guarded(Context ctx) throws IOException {
    return edit.guarded(
        ctx, new DocumentKey.OfEpisode(ctx.pathParam("show"), ctx.pathParam("episode")));
  }

  private static String text(Context ctx) throws IOException {
    byte[] bytes = PacedBody.of(ctx).readNBytes(StoredTranscripts.MOST_BYTES + 1);
    if (bytes.length > StoredTranscripts.MOST_BYTES) {
      throw Problem.of(
              413,
              "too-large",
              "a transcript has at most " + (StoredTranscripts.MOST_BYTES >> 20) + " MiB")
          .exception();
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(422, "not-utf-8", "a transcript is text in UTF-8; save it as such")
          .exception();
    }
  }

  /** As the request says; else WebVTT when the text begins as one. */
  private static Transcript.Format format(Context ctx, String text) {
    String said = ctx.queryParam("format");
    return switch (said) {
      case "vtt" -> Transcript.Format.VTT;
      case "srt" -> Transcript.Format.SRT;
      case null -> byContent(ctx.contentType(), text);
      default -> throw Call.wrong("format", said, "is vtt or srt");
    };
  }

  private static Transcript.Format byContent(@Nullable String type, String text) {
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/vtt")) {
      return Transcript.Format.VTT;
    }
    boolean vtt = List.of("WEBVTT", "\uFEFFWEBVTT").stream().anyMatch(text::startsWith);
    return vtt ? Transcript.Format.VTT : Transcript.Format.SRT;
  }
}
