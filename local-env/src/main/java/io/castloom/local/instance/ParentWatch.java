package io.castloom.local.instance;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Lets a child end with its parent, also when that was killed: the child's standard input is a pipe
 * that only the parent holds, so its end is the parent's end.
 */
public final class ParentWatch {

  /** The environment variable that asks for it, with the value {@code stdin}. */
  public static final String VARIABLE = "CASTLOOM_PARENT";

  private static final Duration GRACE = Duration.ofSeconds(10);

  private ParentWatch() {}

  /** Watches if the environment asks for it. To be called first in a child's main. */
  public static void startIfAsked(Map<String, String> environment) {
    if ("stdin".equals(environment.get(VARIABLE))) {
      Thread.ofPlatform().daemon().name("parent-watch").start(() -> watch(System.in));
    }
  }

  private static void watch(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        // the parent says nothing; what comes is passed over
      }
    } catch (IOException e) {
      // as good as its end
    }
    Thread.ofPlatform().daemon().name("parent-watch-exit").start(() -> System.exit(0));
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The stop takes too long, for example because the cloud ended with the parent.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(0);
  }
}
