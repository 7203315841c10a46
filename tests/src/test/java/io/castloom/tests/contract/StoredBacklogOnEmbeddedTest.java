package io.castloom.tests.contract;

import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.BacklogContract;
import io.castloom.service.jobs.StoredBacklog;
import io.castloom.tests.cloud.Embedded;
import io.castloom.tests.cloud.Names;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

final class StoredBacklogOnEmbeddedTest extends BacklogContract {

  private Backlog backlog;

  @BeforeEach
  void make_the_bucket() throws IOException {
    backlog = new StoredBacklog(Names.newBucket(Embedded.clients()));
  }

  @Override
  protected Backlog backlog() {
    return backlog;
  }
}
