package io.castloom.tests.contract;

import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.UploadContract;
import io.castloom.tests.cloud.LocalStack;
import io.castloom.tests.cloud.Names;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

@Tag("localstack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3UploadOnLocalStackTest extends UploadContract {

  private ObjectStore store;

  @BeforeAll
  void make_the_bucket() throws IOException {
    store = Names.newBucket(LocalStack.clients());
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  /** LocalStack 4.14.0 checks the condition first and completes afterwards. */
  @Override
  protected boolean completesAtomically() {
    return false;
  }
}
