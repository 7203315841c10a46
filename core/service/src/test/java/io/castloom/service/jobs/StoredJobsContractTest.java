package io.castloom.service.jobs;

import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.JobStoreContract;
import io.castloom.domain.store.MemoryObjectStore;

final class StoredJobsContractTest extends JobStoreContract {

  private final JobStore jobs = new StoredJobs(new MemoryObjectStore());

  @Override
  protected JobStore jobs() {
    return jobs;
  }
}
