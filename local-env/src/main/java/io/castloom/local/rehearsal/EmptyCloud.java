package io.castloom.local.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A cloud in which nothing happens: S3, SQS and EC2 answer as they do when buckets keep what was
 * put, queues are empty and no instance runs. Enough for a process to come up, make its first
 * requests and end, so that an image's ahead-of-time cache holds the classes of a start; no test
 * double, and no emulator.
 *
 * <p>It needs nothing beyond the Java runtime of the image (the bundle takes the classes of this
 * package there and the provisioner removes them), so it reads and writes its few JSON and XML
 * documents by itself.
 */
public final class EmptyCloud implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch received = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Buckets buckets = new Buckets();

  private EmptyCloud(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a free port of 127.0.0.1. */
  public static EmptyCloud start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    EmptyCloud cloud = new EmptyCloud(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    cloud.server.setExecutor(cloud.threads);
    cloud.server.createContext("/", cloud::answer);
    cloud.server.start();
    return cloud;
  }

  /**
   * Runs one until it is killed.
   *
   * @param args a file that gets the endpoint's address once it answers, and one that is made when
   *     the first request for messages has come
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      System.err.println("EmptyCloud ADDRESS-FILE RECEIVED-FILE");
      System.exit(2);
    }
    try (EmptyCloud cloud = start()) {
      Path fresh = Path.of(args[0] + ".new");
      Files.writeString(fresh, cloud.endpoint().toString());
      Files.move(fresh, Path.of(args[0]), StandardCopyOption.ATOMIC_MOVE);
      cloud.received.await();
      Files.createFile(Path.of(args[1]));
      cloud.closed.await();
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Waits until somebody asked for messages; false when the time has passed. */
  public boolean awaitReceive(long seconds) throws InterruptedException {
    return received.await(seconds, TimeUnit.SECONDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      Answer answer;
      if (target != null) {
        String operation = target.substring(target.lastIndexOf('.') + 1);
        if (operation.equals("ReceiveMessage")) {
          received.countDown();
        }
        answer =
            Queues.answer(operation, new String(body, StandardCharsets.UTF_8), endpoint(), closed);
      } else if (isQuery(exchange)) {
        answer = Machines.answer(new String(body, StandardCharsets.UTF_8));
      } else {
        answer =
            buckets.answer(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                body);
      }
      answer.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isQuery(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
