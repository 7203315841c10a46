package io.castloom.tests.contract;

import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.UploadContract;
import io.castloom.tests.cloud.Embedded;
import io.castloom.tests.cloud.Names;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3UploadOnEmbeddedTest extends UploadContract {

  private ObjectStore store;

  @BeforeAll
  void make_the_bucket() throws IOException {
    store = Names.newBucket(Embedded.clients());
  }

  @Override
  protected ObjectStore store() {
    return store;
  }
}
