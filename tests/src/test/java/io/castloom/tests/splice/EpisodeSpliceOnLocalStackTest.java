package io.castloom.tests.splice;

import io.castloom.tests.cloud.LocalStack;
import io.castloom.tests.cloud.Names;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
final class EpisodeSpliceOnLocalStackTest extends EpisodeSpliceContract {

  @Override
  Buckets buckets() throws IOException {
    return new Buckets(
        Names.newBucket(LocalStack.clients()), Names.newBucket(LocalStack.clients()));
  }
}
