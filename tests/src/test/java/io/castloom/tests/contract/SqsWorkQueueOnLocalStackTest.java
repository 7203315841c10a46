package io.castloom.tests.contract;

import io.castloom.domain.queue.WorkQueue;
import io.castloom.domain.queue.WorkQueueContract;
import io.castloom.tests.cloud.LocalStack;
import io.castloom.tests.cloud.Names;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
final class SqsWorkQueueOnLocalStackTest extends WorkQueueContract {

  private WorkQueue<String> queue;

  @BeforeEach
  void make_the_queue() throws IOException {
    queue = Names.newQueue(LocalStack.clients());
  }

  @Override
  protected WorkQueue<String> queue() {
    return queue;
  }

  @Override
  protected WorkQueue<String> missingQueue() {
    return Names.missingQueue(LocalStack.clients());
  }
}
