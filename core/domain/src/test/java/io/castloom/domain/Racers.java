package io.castloom.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Threads that start at one signal. */
public final class Racers {

  private Racers() {}

  /** Runs so many at once; gives what each of them answered, in the order of their numbers. */
  public static <T> List<T> race(int count, IntFunction<Callable<T>> racer) throws Exception {
    CountDownLatch ready = new CountDownLatch(count);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> one = racer.apply(i);
        running.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  start.await();
                  return one.call();
                }));
      }
      ready.await(10, TimeUnit.SECONDS);
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> one : running) {
        answers.add(one.get(120, TimeUnit.SECONDS));
      }
      return answers;
    }
  }
}
