package io.castloom.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A client that is made once, when it is first wanted. */
final class Lazy<C extends SdkAutoCloseable> {

  private final Supplier<C> maker;
  private @Nullable C made;

  Lazy(Supplier<C> maker) {
    this.maker = maker;
  }

  synchronized C get() {
    C client = made;
    if (client == null) {
      client = maker.get();
      made = client;
    }
    return client;
  }

  synchronized void closeIfMade() {
    if (made != null) {
      made.close();
    }
  }
}
