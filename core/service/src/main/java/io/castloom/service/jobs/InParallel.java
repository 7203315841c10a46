package io.castloom.service.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The same call for many values, some at a time, because each mostly waits for the network. */
final class InParallel {

  private static final int AT_ONCE = 16;

  private InParallel() {}

  /** A call that may meet an infrastructure fault. */
  @FunctionalInterface
  interface Call<A, B> {
    B on(A value) throws IOException;
  }

  /** The results, in the order of the values; the first fault of any is thrown after all ended. */
  static <A, B> List<B> map(List<A> values, Call<A, B> call) throws IOException {
    List<B> results = new ArrayList<>(values.size());
    if (values.size() < 3) {
      for (A value : values) {
        results.add(call.on(value));
      }
      return results;
    }
    Semaphore permits = new Semaphore(AT_ONCE);
    List<Future<B>> futures = new ArrayList<>(values.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (A value : values) {
        futures.add(
            threads.submit(
                () -> {
                  permits.acquire();
                  try {
                    return call.on(value);
                  } finally {
                    permits.release();
                  }
                }));
      }
    }
    for (Future<B> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  private static <B> B result(Future<B> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while reading several objects");
    }
  }
}
