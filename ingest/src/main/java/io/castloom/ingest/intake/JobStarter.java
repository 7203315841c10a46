package io.castloom.ingest.intake;

import io.castloom.domain.job.Job;
import java.io.IOException;

/** Opens a job and sends it on its way. The same job again is the same job. */
@FunctionalInterface
public interface JobStarter {
  /**
   * @return the stored job, which is an earlier one for the same id
   * @throws IOException it may have been started in part; starting it again completes that
   */
  Job submit(Job job) throws IOException;
}
