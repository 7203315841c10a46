package io.castloom.service.jobs;

import io.castloom.domain.job.Backlog;
import io.castloom.domain.job.BacklogContract;
import io.castloom.domain.store.MemoryObjectStore;

final class StoredBacklogContractTest extends BacklogContract {

  private final Backlog backlog = new StoredBacklog(new MemoryObjectStore());

  @Override
  protected Backlog backlog() {
    return backlog;
  }
}
