package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;

/** How an upload that arrived as a whole ended. */
public sealed interface UploadOutcome {
  /**
   * It is stored and its job is on its way.
   *
   * @param upload the upload's id
   * @param filename as it came this time
   * @param known whether the same bytes were there already
   */
  record Accepted(String upload, Original original, Job job, String filename, boolean known)
      implements UploadOutcome {}

  /** It is no recording, in words for a podcaster; nothing of it was kept. */
  record Refused(String reason) implements UploadOutcome {}

  /** What arrived is not what the sender said he sends; nothing of it was kept. */
  record Damaged(Sha256 announced, Sha256 received) implements UploadOutcome {}
}
