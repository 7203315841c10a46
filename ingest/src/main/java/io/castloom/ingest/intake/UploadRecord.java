package io.castloom.ingest.intake;

import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.SourceMedia;
import java.time.Instant;

/**
 * Kept at {@code uploads/<account>/<upload>/upload.json} from just before an original is stored
 * until its job is on its way, so that a crash in between strands nothing.
 */
record UploadRecord(
    String upload, UploadRequest request, Sha256 sha256, SourceMedia media, Instant receivedAt) {

  Original original() {
    return new Original(request.account(), sha256, request.filename(), media, receivedAt);
  }

  String key() {
    return folder(request.account().value(), upload) + FILE;
  }

  /** The last part of a record's key. */
  static final String FILE = "upload.json";

  static String folder(String account, String upload) {
    return "uploads/" + account + "/" + upload + "/";
  }
}
