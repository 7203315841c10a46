package io.castloom.ingest.http;

import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.ObjectContent;
import io.castloom.domain.store.ObjectInfo;
import io.castloom.domain.store.ObjectStore;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a stored object's bytes: GET and HEAD, one range, {@code ETag}, {@code
 * Last-Modified}, and the conditions {@code If-None-Match}, {@code If-Modified-Since} and {@code
 * If-Range}.
 *
 * @param contentType as it is told to the client; null for the stored one
 * @param cacheControl for how long others may keep it
 * @param tag names the bytes, without quotes; null for the store's own
 */
public record StoredFile(
    ObjectStore store,
    String key,
    @Nullable String contentType,
    String cacheControl,
    @Nullable String tag) {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** With the store's own tag. */
  public StoredFile(
      ObjectStore store, String key, @Nullable String contentType, String cacheControl) {
    this(store, key, contentType, cacheControl, null);
  }

  /** What was sent. */
  public sealed interface Sent {
    /** Bytes of the content, none for HEAD, and whether they were all that was asked for. */
    record Bytes(int status, long offset, long sent, long sizeBytes, boolean whole)
        implements Sent {}

    /** Nothing: the client has it, or asked for what is not there. */
    record Nothing(int status) implements Sent {}
  }

  /**
   * Sends it, or the part of it that was asked for.
   *
   * @return empty when there is no such object; nothing was answered then
   */
  public Optional<Sent> send(Context ctx) throws IOException {
    // an empty object stands for one that was taken away, such as a feed's page
    Optional<ObjectInfo> found = store.head(key).filter(info -> info.sizeBytes() > 0);
    return found.isEmpty() ? Optional.empty() : Optional.of(send(ctx, found.get()));
  }

  private Sent send(Context ctx, ObjectInfo info) throws IOException {
    String etag = '"' + (tag == null ? info.etag() : tag) + '"';
    ctx.header("ETag", etag);
    ctx.header("Last-Modified", date(info.lastModified()));
    ctx.header("Cache-Control", cacheControl);
    ctx.header("Accept-Ranges", "bytes");
    if (unchanged(ctx, etag, info.lastModified())) {
      ctx.status(304);
      return new Sent.Nothing(304);
    }
    ctx.contentType(contentType == null ? info.contentType() : contentType);
    boolean get = ctx.method().equals(HandlerType.GET);
    String range = get && rangeHolds(ctx, etag, info.lastModified()) ? ctx.header("Range") : null;
    return switch (Ranges.of(range, info.sizeBytes())) {
      case Ranges.Whole() -> body(ctx, info, null, get);
      case Ranges.Part(ByteRange part) -> body(ctx, info, part, get);
      case Ranges.Outside() -> {
        ctx.header("Content-Range", "bytes */" + info.sizeBytes());
        Problems.answer(
            ctx,
            Problem.of(
                416, "range-not-satisfiable", "the file has " + info.sizeBytes() + " bytes"));
        yield new Sent.Nothing(416);
      }
    };
  }

  private Sent body(Context ctx, ObjectInfo info, @Nullable ByteRange part, boolean get)
      throws IOException {
    long offset = part == null ? 0 : part.offset();
    long length = part == null ? info.sizeBytes() : part.lengthBytes();
    ctx.status(part == null ? 200 : 206);
    if (part != null) {
      ctx.header(
          "Content-Range", "bytes " + offset + "-" + part.lastByte() + "/" + info.sizeBytes());
    }
    ctx.res().setContentLengthLong(length);
    long sent = 0;
    boolean whole = true;
    if (get && length > 0) {
      try (ObjectContent content = store.get(key, part)) {
        OutputStream out = ctx.res().getOutputStream();
        byte[] buffer = new byte[64 << 10];
        int read;
        while ((read = content.stream().read(buffer)) > 0) {
          try {
            out.write(buffer, 0, read);
          } catch (IOException gone) {
            whole = false;
            break;
          }
          sent += read;
        }
      }
    } else {
      ctx.res().flushBuffer();
    }
    return new Sent.Bytes(ctx.statusCode(), offset, sent, info.sizeBytes(), whole);
  }

  private static boolean unchanged(Context ctx, String etag, Instant modified) {
    String tags = ctx.header("If-None-Match");
    if (tags != null) {
      return Arrays.stream(tags.split(","))
          .map(String::strip)
          .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
          .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
    Instant since = parse(ctx.header("If-Modified-Since"));
    return since != null && !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(since);
  }

  private static boolean rangeHolds(Context ctx, String etag, Instant modified) {
    String validator = ctx.header("If-Range");
    if (validator == null || validator.equals(etag)) {
      return true;
    }
    Instant since = parse(validator);
    return since != null && modified.truncatedTo(ChronoUnit.SECONDS).equals(since);
  }

  /** An instant as HTTP writes it, to the second. */
  static String date(Instant instant) {
    return HTTP_DATE.format(instant);
  }

  private static @Nullable Instant parse(@Nullable String date) {
    try {
      return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
