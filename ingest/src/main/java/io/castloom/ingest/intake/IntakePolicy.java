package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import io.castloom.service.outgoing.Reach;

/**
 * How recordings are taken in.
 *
 * @param maxUploadBytes the largest file that is taken
 * @param directBytes files up to this size that came without a digest are hashed as a whole before
 *     anything of them is sent to the store; larger ones are sent while they come in
 * @param probesAtOnce how many probes run at the same time, at least 1
 * @param jobs how jobs are cut into tasks
 * @param callbacks which addresses may be asked to be called
 */
public record IntakePolicy(
    long maxUploadBytes, long directBytes, int probesAtOnce, Job.Policy jobs, Reach callbacks) {
  public IntakePolicy {
    if (maxUploadBytes < 1 || directBytes < 0 || probesAtOnce < 1) {
      throw new IllegalArgumentException("an intake policy's limits are positive");
    }
  }
}
