package io.castloom.ingest.http;

import io.castloom.ingest.intake.Intake;
import io.castloom.ingest.intake.SpoolFile;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece's {@code Upload-Checksum}. A piece that has one is received and checked as a whole before
 * anything of it is kept; without one it is passed on as it comes.
 */
final class Checksum implements Closeable {
  private static final Map<String, String> KNOWN =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5");

  /** For the header {@code Tus-Checksum-Algorithm}. */
  static final String ALGORITHMS = "sha1,sha256,md5";

  /** A piece of which a checksum is wanted is at most this long. */
  private static final long MAX_BYTES = 256L << 20;

  private final InputStream body;
  private final @Nullable SpoolFile checked;

  private Checksum(InputStream body, @Nullable SpoolFile checked) {
    this.body = body;
    this.checked = checked;
  }

  static Checksum of(Context ctx, Intake intake) throws IOException {
    String header = ctx.header("Upload-Checksum");
    InputStream in = PacedBody.of(ctx);
    if (header == null) {
      return new Checksum(in, null);
    }
    String[] parts = header.strip().split(" ", 2);
    String algorithm = KNOWN.get(parts[0]);
    if (algorithm == null || parts.length < 2) {
      throw Call.wrong("Upload-Checksum", header, "is one of " + ALGORITHMS + " and a Base64 text");
    }
    long length = ctx.req().getContentLengthLong();
    SpoolFile file = intake.scratch(length >= 0 ? Math.min(length, MAX_BYTES) : MAX_BYTES);
    try {
      if (!receive(in, file, algorithm).equals(parts[1].strip())) {
        throw Problem.of(
                460, "checksum-mismatch", "the piece was damaged on its way; send it again")
            .exception();
      }
      return new Checksum(Files.newInputStream(file.path()), file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String receive(InputStream in, SpoolFile file, String algorithm)
      throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
    byte[] buffer = new byte[32 << 10];
    int read;
    while ((read = in.read(buffer)) >= 0) {
      file.append(buffer, 0, read);
      digest.update(buffer, 0, read);
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  /** The piece. */
  InputStream body() {
    return body;
  }

  @Override
  public void close() throws IOException {
    if (checked != null) {
      body.close();
      checked.close();
    }
  }
}
