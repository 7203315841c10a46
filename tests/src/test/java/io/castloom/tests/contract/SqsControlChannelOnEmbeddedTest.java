package io.castloom.tests.contract;

import io.castloom.aws.sqs.SqsControlChannel;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.ControlChannelContract;
import io.castloom.domain.control.PauseCodec;
import io.castloom.tests.cloud.Embedded;

final class SqsControlChannelOnEmbeddedTest extends ControlChannelContract {

  private final ControlChannel channel =
      new SqsControlChannel(Embedded.clients().sqs(), "contract", new PauseCodec());

  @Override
  protected ControlChannel channel() {
    return channel;
  }
}
