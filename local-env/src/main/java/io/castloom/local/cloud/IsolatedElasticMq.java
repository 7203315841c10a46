package io.castloom.local.cloud;

import com.typesafe.config.Config;
import java.io.IOException;
import scala.Function0;

/**
 * An ElasticMQ with classes of its own: it keeps its database in a static field, so two in one JVM,
 * or one after another, would write into the first one's file.
 */
final class IsolatedElasticMq {

  private final Class<?> pools;
  private final Function0<?> shutdown;

  private IsolatedElasticMq(Class<?> pools, Function0<?> shutdown) {
    this.pools = pools;
    this.shutdown = shutdown;
  }

  static IsolatedElasticMq start(Config config) throws IOException {
    ClassLoader own = new OwnCopies(IsolatedElasticMq.class.getClassLoader());
    try {
      Class<?> settings = own.loadClass("org.elasticmq.server.config.ElasticMQServerConfig");
      Class<?> server = own.loadClass("org.elasticmq.server.ElasticMQServer");
      Object started =
          server
              .getConstructor(settings)
              .newInstance(settings.getConstructor(Config.class).newInstance(config));
      Object shutdown = server.getMethod("start").invoke(started);
      return new IsolatedElasticMq(
          own.loadClass("scalikejdbc.ConnectionPool"), (Function0<?>) shutdown);
    } catch (ReflectiveOperationException e) {
      throw new IOException("the embedded SQS does not start: " + reason(e), e);
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Stops it and closes its database. */
  void stop() {
    shutdown.apply();
    try {
      pools.getMethod("closeAll").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the embedded SQS did not close its database", e);
    }
  }

  /** Defines the classes that share state itself, and leaves the others to its parent. */
  private static final class OwnCopies extends ClassLoader {

    OwnCopies(ClassLoader parent) {
      super("elasticmq", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.elasticmq.") && !name.startsWith("scalikejdbc.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
