package io.castloom.aws.sqs;

import io.castloom.domain.control.ControlChannel;
import io.castloom.domain.control.Directive;
import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.queue.MessageCodec;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/**
 * The queues {@code <environment>-ctl-<instance>}. They carry the tags {@code castloom:environment}
 * and {@code castloom:instance}, keep a command for an hour, and have no dead-letter queue.
 */
public final class SqsControlChannel implements ControlChannel {

  private static final int LIST_PAGE = 1000;
  private static final Map<QueueAttributeName, String> ATTRIBUTES =
      Map.of(
          QueueAttributeName.MESSAGE_RETENTION_PERIOD, "3600",
          QueueAttributeName.VISIBILITY_TIMEOUT, "30");

  private final SqsClient sqs;
  private final String environment;
  private final MessageCodec<Directive> codec;
  private final Map<InstanceId, SqsWorkQueue<Directive>> known = new ConcurrentHashMap<>();

  /**
   * @param sqs is not closed by this channel
   * @param environment the prefix of all names, for example {@code castloom}
   */
  public SqsControlChannel(SqsClient sqs, String environment, MessageCodec<Directive> codec) {
    this.sqs = sqs;
    this.environment = environment;
    this.codec = codec;
  }

  private String name(InstanceId instance) {
    return prefix() + instance;
  }

  private String prefix() {
    return environment + "-ctl-";
  }

  private SqsWorkQueue<Directive> queue(InstanceId instance, @Nullable String url) {
    String name = name(instance);
    SqsAddress address = url == null ? new SqsAddress(sqs, name) : new SqsAddress(sqs, name, url);
    return new SqsWorkQueue<>(address, codec, new NoDeadLetters<>(name));
  }

  @Override
  public WorkQueue<Directive> open(InstanceId instance) throws IOException {
    String name = name(instance);
    try {
      String url =
          sqs.createQueue(
                  b ->
                      b.queueName(name)
                          .attributes(ATTRIBUTES)
                          .tags(
                              Map.of(
                                  "castloom:environment",
                                  environment,
                                  "castloom:instance",
                                  instance.value())))
              .queueUrl();
      return queue(instance, url);
    } catch (QueueNameExistsException e) {
      return queue(instance, null); // made with other attributes, by another version
    } catch (SdkException e) {
      throw new SqsAddress(sqs, name).translate("CreateQueue", e);
    }
  }

  @Override
  public void send(InstanceId instance, Directive directive) throws IOException {
    SqsWorkQueue<Directive> queue = known.computeIfAbsent(instance, id -> queue(id, null));
    try {
      queue.send(Outgoing.now(directive, instance.value()));
    } catch (NoSuchQueueException e) {
      known.remove(instance);
      throw e;
    }
  }

  @Override
  public void remove(InstanceId instance) throws IOException {
    known.remove(instance);
    SqsAddress address = new SqsAddress(sqs, name(instance));
    try {
      address.call("DeleteQueue", url -> sqs.deleteQueue(b -> b.queueUrl(url)));
    } catch (NoSuchQueueException e) {
      // as wanted
    }
  }

  @Override
  public List<InstanceId> list() throws IOException {
    List<InstanceId> instances = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ListQueuesResponse page;
      try {
        page =
            sqs.listQueues(b -> b.queueNamePrefix(prefix()).maxResults(LIST_PAGE).nextToken(from));
      } catch (SdkException e) {
        throw new SqsAddress(sqs, prefix() + "*").translate("ListQueues", e);
      }
      for (String url : page.queueUrls()) {
        instances.add(new InstanceId(url.substring(url.lastIndexOf(prefix()) + prefix().length())));
      }
      token = page.nextToken();
    } while (token != null && !token.isEmpty());
    return List.copyOf(instances);
  }
}
