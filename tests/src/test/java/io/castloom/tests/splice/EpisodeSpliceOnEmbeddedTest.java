package io.castloom.tests.splice;

import io.castloom.tests.cloud.Embedded;
import io.castloom.tests.cloud.Names;
import java.io.IOException;

final class EpisodeSpliceOnEmbeddedTest extends EpisodeSpliceContract {

  @Override
  Buckets buckets() throws IOException {
    return new Buckets(Names.newBucket(Embedded.clients()), Names.newBucket(Embedded.clients()));
  }
}
