package io.castloom.local.cloud;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** ElasticMQ with its queues and messages in an H2 file. */
final class EmbeddedSqs implements AutoCloseable {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

  private final IsolatedElasticMq server;
  private final URI endpoint;
  private boolean closed;

  private EmbeddedSqs(IsolatedElasticMq server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  static EmbeddedSqs start(Path file, int wantedPort) throws IOException {
    int port = port(wantedPort);
    QueueTables stored = QueueTables.read(url(file), file);
    IsolatedElasticMq server = IsolatedElasticMq.start(config(file, port));
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    stored.awaitAll(endpoint); // it listens before it has read what it had
    return new EmbeddedSqs(server, endpoint);
  }

  /** ElasticMQ does not tell which port it got, so it is chosen before. */
  private static int port(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "the embedded SQS cannot listen on 127.0.0.1:"
              + wanted
              + ": "
              + e.getMessage()
              + "; choose another port, or 0 for a free one",
          e);
    }
  }

  /** Commits are written at once: by default H2 gathers them for half a second. */
  private static String url(Path file) {
    return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static Config config(Path file, int port) {
    Map<String, Object> settings =
        Map.ofEntries(
            Map.entry("rest-sqs.bind-hostname", "127.0.0.1"),
            Map.entry("rest-sqs.bind-port", port),
            Map.entry("rest-sqs.sqs-limits", "strict"),
            Map.entry("node-address.host", "127.0.0.1"),
            Map.entry("node-address.port", port),
            Map.entry("aws.region", "us-east-1"),
            Map.entry("messages-storage.enabled", true),
            Map.entry("messages-storage.uri", url(file)),
            Map.entry("pekko.loglevel", "WARNING"),
            Map.entry("pekko.daemonic", true),
            Map.entry("pekko.log-dead-letters", "off"),
            // The process stops in its own order.
            Map.entry("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"),
            Map.entry("pekko.http.server.max-connections", 4096),
            Map.entry("pekko.http.server.idle-timeout", "120 s"));
    return ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load());
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      // A stop waits for long polls whose clients have gone, up to 20 s. All that was acknowledged
      // is stored by then, so nobody waits for it.
      Thread stopping = Thread.ofPlatform().daemon().name("sqs-stop").start(server::stop);
      try {
        stopping.join(STOP_PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
