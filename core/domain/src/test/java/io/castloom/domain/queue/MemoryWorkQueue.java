package io.castloom.domain.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A queue in memory that keeps a standard queue's promises and no more. Bodies go through the codec
 * both ways, so that what cannot be sent is found out. Safe for several threads.
 *
 * <p>Time is the given clock's. A receive that waits does so in real time when the clock moves by
 * itself; under a {@link io.castloom.domain.ManualClock} it gives a message some 10 ms to come and
 * then answers empty, so a loop under test neither hangs nor spins.
 */
public final class MemoryWorkQueue<T> implements WorkQueue<T> {

  /** Deliveries before a message goes to the dead-letter queue. */
  public static final int MAX_RECEIVES = 5;

  private static final Duration MAX_WAIT = Duration.ofSeconds(20);
  static final Duration MAX_VISIBILITY = Duration.ofHours(12);
  private static final int MAX_BYTES = 256 * 1024;

  private final String name;
  private final InstantSource clock;
  private final MessageCodec<T> codec;
  private final Hostility hostility;
  private final RandomGenerator random;
  private final Map<String, MemoryMessage> messages = new LinkedHashMap<>();
  private final MemoryDeadLetters<T> dead;
  private long lastId;
  private boolean vanished;

  public MemoryWorkQueue(
      String name, InstantSource clock, MessageCodec<T> codec, Hostility hostility) {
    this.name = name;
    this.clock = clock;
    this.codec = codec;
    this.hostility = hostility;
    this.random = new SplittableRandom(hostility.seed());
    this.dead = new MemoryDeadLetters<>(this, codec);
  }

  /** A kind queue whose bodies are not encoded; a dead letter's raw text is the body's toString. */
  public MemoryWorkQueue(String name, InstantSource clock) {
    this(name, clock, new IdentityCodec<>(), Hostility.none());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Outgoing<T> message) throws IOException {
    sendRaw(encode(message.body()), message.delay());
  }

  @Override
  public List<SendFailure<T>> sendAll(List<Outgoing<T>> all) throws IOException {
    List<SendFailure<T>> failed = new ArrayList<>();
    for (Outgoing<T> message : all) {
      String raw = codec.encode(message.body());
      if (tooLong(raw)) {
        failed.add(new SendFailure<>(message, "longer than " + MAX_BYTES + " bytes"));
      } else {
        sendRaw(raw, message.delay());
      }
    }
    return List.copyOf(failed);
  }

  /** Sends any text, also one that cannot be decoded. */
  public synchronized void sendRaw(String raw, Duration delay) throws NoSuchQueueException {
    requireThere();
    Instant now = clock.instant();
    String id = name + "-" + ++lastId;
    messages.put(id, new MemoryMessage(id, raw, now, now.plus(delay)));
    notifyAll();
  }

  @Override
  public synchronized List<Lease<T>> receive(int max, Duration wait, Duration visibility)
      throws IOException {
    if (max < 1 || max > 10) {
      throw new IllegalArgumentException("a receive takes 1 to 10 messages: " + max);
    }
    if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
      throw new IllegalArgumentException("a receive waits 0 to 20 s: " + wait);
    }
    requireVisibility(visibility);
    MemoryWait patience = new MemoryWait(clock, wait);
    while (true) {
      requireThere();
      List<Lease<T>> taken = take(max, visibility);
      if (!taken.isEmpty() || patience.over()) {
        return taken;
      }
      patience.waitOn(this);
    }
  }

  private List<Lease<T>> take(int max, Duration visibility) {
    List<MemoryMessage> seen = new ArrayList<>(messages.values());
    if (chance(hostility.reorder())) {
      Collections.shuffle(seen, java.util.Random.from(random));
    }
    List<Lease<T>> taken = new ArrayList<>();
    for (MemoryMessage message : seen) {
      Instant now = clock.instant();
      boolean visible = !message.hiddenUntil.isAfter(now);
      boolean duplicate = message.inFlight(now) && chance(hostility.duplicate());
      if (taken.size() == max || !(visible || duplicate) || chance(hostility.miss())) {
        continue;
      }
      if (visible && message.receiveCount >= MAX_RECEIVES) {
        messages.remove(message.id);
        dead.keep(message, "received " + MAX_RECEIVES + " times without success");
        continue;
      }
      T body;
      try {
        body = codec.decode(message.raw);
      } catch (IOException e) {
        messages.remove(message.id);
        dead.keep(message, "cannot be decoded: " + e.getMessage());
        continue;
      }
      Duration held = chance(hostility.expire()) ? Duration.ZERO : visibility;
      message.receiveCount++;
      message.receipt++;
      message.hiddenUntil = now.plus(held);
      taken.add(new MemoryLease<>(this, message, body, now));
    }
    return List.copyOf(taken);
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
  public synchronized QueueCounts counts() throws NoSuchQueueException {
    requireThere();
    Instant now = clock.instant();
    long visible = 0;
    long inFlight = 0;
    long delayed = 0;
    for (MemoryMessage message : messages.values()) {
      if (!message.hiddenUntil.isAfter(now)) {
        visible++;
      } else if (message.receiveCount > 0) {
        inFlight++;
      } else {
        delayed++;
      }
    }
    return new QueueCounts(visible, inFlight, delayed);
  }

  @Override
  public DeadLetters<T> deadLetters() {
    return dead;
  }

  /** Lets the queue be missing from now on, its messages lost. */
  public synchronized void vanish() {
    vanished = true;
    messages.clear();
    notifyAll();
  }

  private void requireThere() throws NoSuchQueueException {
    if (vanished) {
      throw new NoSuchQueueException(name, null);
    }
  }

  /** Whether the lease with this receipt still holds the message. */
  synchronized boolean holds(MemoryMessage message, long receipt) {
    return messages.get(message.id) == message
        && message.receipt == receipt
        && message.hiddenUntil.isAfter(clock.instant());
  }

  synchronized void hide(MemoryMessage message, Duration visibility) {
    message.hiddenUntil = clock.instant().plus(visibility);
    notifyAll();
  }

  synchronized void remove(MemoryMessage message) {
    messages.remove(message.id);
  }

  InstantSource clock() {
    return clock;
  }

  static void requireVisibility(Duration visibility) {
    if (visibility.compareTo(Duration.ofSeconds(1)) < 0
        || visibility.compareTo(MAX_VISIBILITY) > 0) {
      throw new IllegalArgumentException("a visibility timeout is 1 s to 12 h: " + visibility);
    }
  }

  private String encode(T body) throws IOException {
    String raw = codec.encode(body);
    if (tooLong(raw)) {
      throw new IOException("message for " + name + " is longer than " + MAX_BYTES + " bytes");
    }
    return raw;
  }

  private static boolean tooLong(String raw) {
    return raw.length() > MAX_BYTES || raw.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  private boolean chance(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }
}
