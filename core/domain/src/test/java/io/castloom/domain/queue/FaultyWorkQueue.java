package io.castloom.domain.queue;

import io.castloom.domain.Faults;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A queue some of whose calls fail, those of its leases too. A receive whose answer is lost leaves
 * its messages hidden until their visibility timeout. Dead letters do not fail.
 */
public final class FaultyWorkQueue<T> implements WorkQueue<T> {

  private final WorkQueue<T> queue;
  private final Faults faults;

  public FaultyWorkQueue(WorkQueue<T> queue, Faults faults) {
    this.queue = queue;
    this.faults = faults;
  }

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public void send(Outgoing<T> message) throws IOException {
    around("send", () -> queue.send(message));
  }

  @Override
  public List<SendFailure<T>> sendAll(List<Outgoing<T>> messages) throws IOException {
    List<SendFailure<T>> failed = new ArrayList<>();
    List<Outgoing<T>> sent = new ArrayList<>();
    for (Outgoing<T> message : messages) {
      if (faults.strikes()) {
        failed.add(new SendFailure<>(message, String.valueOf(faults.fault("send").getMessage())));
      } else {
        sent.add(message);
      }
    }
    failed.addAll(queue.sendAll(sent));
    return List.copyOf(failed);
  }

  @Override
  public List<Lease<T>> receive(int max, Duration wait, Duration visibility) throws IOException {
    List<Lease<T>> leases = faults.around("receive", () -> queue.receive(max, wait, visibility));
    List<Lease<T>> faulty = new ArrayList<>();
    leases.forEach(lease -> faulty.add(new FaultyLease(lease)));
    return List.copyOf(faulty);
  }

  @Override
  public void completeAll(Collection<Lease<T>> leases) throws IOException {
    for (Lease<T> lease : leases) {
      lease.complete();
    }
  }

  @Override
  public void releaseAll(Collection<Lease<T>> leases, Duration delay) throws IOException {
    for (Lease<T> lease : leases) {
      lease.release(delay);
    }
  }

  @Override
  public QueueCounts counts() throws IOException {
    return faults.around("counts", queue::counts);
  }

  @Override
  public DeadLetters<T> deadLetters() {
    return queue.deadLetters();
  }

  private interface Action {
    void run() throws IOException;
  }

  private void around(String name, Action action) throws IOException {
    faults.around(
        name + " on queue " + name(),
        () -> {
          action.run();
          return true;
        });
  }

  private final class FaultyLease implements Lease<T> {
    private final Lease<T> lease;

    FaultyLease(Lease<T> lease) {
      this.lease = lease;
    }

    @Override
    public T body() {
      return lease.body();
    }

    @Override
    public String messageId() {
      return lease.messageId();
    }

    @Override
    public int receiveCount() {
      return lease.receiveCount();
    }

    @Override
    public Instant sentAt() {
      return lease.sentAt();
    }

    @Override
    public void extend(Duration visibility) throws IOException {
      around("extend", () -> lease.extend(visibility));
    }

    @Override
    public void release(Duration delay) throws IOException {
      around("release", () -> lease.release(delay));
    }

    @Override
    public void complete() throws IOException {
      around("complete", lease::complete);
    }
  }
}
