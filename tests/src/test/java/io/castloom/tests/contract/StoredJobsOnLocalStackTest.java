package io.castloom.tests.contract;

import io.castloom.domain.job.JobStore;
import io.castloom.domain.job.JobStoreContract;
import io.castloom.service.jobs.StoredJobs;
import io.castloom.tests.cloud.LocalStack;
import io.castloom.tests.cloud.Names;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
final class StoredJobsOnLocalStackTest extends JobStoreContract {

  private JobStore jobs;

  @BeforeEach
  void make_the_bucket() throws IOException {
    jobs = new StoredJobs(Names.newBucket(LocalStack.clients()));
  }

  @Override
  protected JobStore jobs() {
    return jobs;
  }
}
