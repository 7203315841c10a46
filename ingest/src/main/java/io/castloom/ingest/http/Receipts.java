package io.castloom.ingest.http;

import io.castloom.domain.job.Job;
import io.castloom.domain.media.Profile;
import io.castloom.ingest.intake.UploadOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client is told of an upload that was taken in, or why it was not. */
final class Receipts {
  private Receipts() {}

  static Map<String, Object> of(UploadOutcome.Accepted accepted) {
    Job job = accepted.job();
    Map<String, Object> receipt = new LinkedHashMap<>();
    receipt.put("upload", accepted.upload());
    receipt.put("original", job.original().sha256().hex());
    receipt.put("job", job.id().value());
    receipt.put("known", accepted.known());
    receipt.put("filename", accepted.filename());
    receipt.put("sizeBytes", job.original().media().sizeBytes());
    receipt.put("seconds", job.original().media().duration().toMillis() / 1000.0);
    receipt.put("profiles", job.profiles().stream().map(Profile::name).toList());
    receipt.put("notes", job.original().media().notes());
    return receipt;
  }

  static Problem problem(UploadOutcome.Refused refused) {
    return Problem.of(422, "not-a-recording", refused.reason());
  }

  static Problem problem(UploadOutcome.Damaged damaged) {
    return Problem.of(
        400,
        "digest-mismatch",
        "the file was damaged on its way: it was announced as SHA-256 "
            + damaged.announced()
            + " but came as "
            + damaged.received()
            + "; send it again");
  }
}
