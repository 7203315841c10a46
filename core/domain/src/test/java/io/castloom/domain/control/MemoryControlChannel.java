package io.castloom.domain.control;

import io.castloom.domain.fleet.InstanceId;
import io.castloom.domain.queue.MemoryWorkQueue;
import io.castloom.domain.queue.NoSuchQueueException;
import io.castloom.domain.queue.Outgoing;
import io.castloom.domain.queue.WorkQueue;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Command queues in memory. */
public final class MemoryControlChannel implements ControlChannel {

  private final Function<String, MemoryWorkQueue<Directive>> maker;
  private final Map<String, MemoryWorkQueue<Directive>> queues = new ConcurrentSkipListMap<>();

  /** Each queue is made by this from its name, so a test can choose its hostility. */
  public MemoryControlChannel(Function<String, MemoryWorkQueue<Directive>> maker) {
    this.maker = maker;
  }

  public MemoryControlChannel(InstantSource clock) {
    this(name -> new MemoryWorkQueue<>(name, clock));
  }

  @Override
  public WorkQueue<Directive> open(InstanceId instance) {
    return queues.computeIfAbsent(instance.value(), id -> maker.apply("ctl-" + id));
  }

  @Override
  public void send(InstanceId instance, Directive directive) throws IOException {
    MemoryWorkQueue<Directive> queue = queues.get(instance.value());
    if (queue == null) {
      throw new NoSuchQueueException("ctl-" + instance, null);
    }
    queue.send(Outgoing.now(directive, instance.value()));
  }

  @Override
  public void remove(InstanceId instance) {
    MemoryWorkQueue<Directive> queue = queues.remove(instance.value());
    if (queue != null) {
      queue.vanish();
    }
  }

  @Override
  public List<InstanceId> list() {
    return queues.keySet().stream().map(InstanceId::new).toList();
  }
}
