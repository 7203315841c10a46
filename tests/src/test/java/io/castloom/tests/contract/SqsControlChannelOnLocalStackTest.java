package io.castloom.tests.contract;

import io.castloom.aws.sqs.SqsControlChannel;
import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.ControlChannelContract;
import io.castloom.domain.control.PauseCodec;
import io.castloom.tests.cloud.LocalStack;
import org.junit.jupiter.api.Tag;

@Tag("localstack")
final class SqsControlChannelOnLocalStackTest extends ControlChannelContract {

  private final ControlChannel channel =
      new SqsControlChannel(LocalStack.clients().sqs(), "contract", new PauseCodec());

  @Override
  protected ControlChannel channel() {
    return channel;
  }
}
