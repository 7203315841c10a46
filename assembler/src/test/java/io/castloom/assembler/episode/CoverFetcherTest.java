package io.castloom.assembler.episode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.castloom.bitstream.Bytes;
import io.castloom.domain.ManualClock;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Picture;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.stitch.Covers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class CoverFetcherTest {

  private static final AccountId ANN = new AccountId("ann");
  private static final byte[] JPEG =
      Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3}, 32);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T12:00:00Z"));
  private final MemoryObjectStore store = new MemoryObjectStore("private", clock);
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private byte[] body = JPEG;
  private int status = 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/cover",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/cover");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_cover_is_fetched_once_whoever_asks() throws IOException {
    assertThat(fetcher(true).cover(ANN, url("/cover"))).isEqualTo(Bytes.adopt(JPEG));
    status = 500;
    assertThat(fetcher(true).cover(ANN, url("/cover"))).isEqualTo(Bytes.adopt(JPEG));
    assertThat(asked).hasValue(1);
  }

  @Test
  void redirections_are_followed() throws IOException {
    assertThat(fetcher(true).cover(ANN, url("/moved"))).isEqualTo(Bytes.adopt(JPEG));
  }

  @Test
  void a_cover_that_cannot_be_had_is_left_out_and_tried_again_later() throws IOException {
    CoverFetcher fetcher = fetcher(true);
    status = 404;
    assertThat(fetcher.cover(ANN, url("/cover"))).isEqualTo(Bytes.EMPTY);
    status = 200;
    assertThat(fetcher.cover(ANN, url("/cover"))).isEqualTo(Bytes.EMPTY);
    clock.advance(Duration.ofMinutes(11));
    assertThat(fetcher.cover(ANN, url("/cover"))).isEqualTo(Bytes.adopt(JPEG));
  }

  @Test
  void what_is_no_picture_or_too_large_is_left_out() throws IOException {
    body = "<html>".getBytes(StandardCharsets.UTF_8);
    assertThat(fetcher(true).cover(ANN, url("/cover"))).isEqualTo(Bytes.EMPTY);
    body = new byte[Picture.MOST_BYTES + 1];
    System.arraycopy(JPEG, 0, body, 0, JPEG.length);
    assertThat(fetcher(true).cover(ANN, url("/cover"))).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void a_picture_that_was_cut_off_is_not_kept() throws IOException {
    try (Raw raw = new Raw(out -> out.write(answer("Content-Length: 4000\r\n", JPEG)))) {
      assertThat(fetcher(true).cover(ANN, raw.url())).isEqualTo(Bytes.EMPTY);
    }
    try (Raw raw =
        new Raw(out -> out.write(answer("Content-Length: " + JPEG.length + "\r\n", JPEG)))) {
      assertThat(fetcher(true).cover(ANN, raw.url())).isEqualTo(Bytes.adopt(JPEG));
    }
  }

  @Test
  @Timeout(60)
  void an_answer_that_drips_is_not_waited_for() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (Raw raw =
        new Raw(
            out -> {
              try {
                while (!over.await(100, TimeUnit.MILLISECONDS)) {
                  out.write('x');
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      assertThat(fetcher(true).cover(ANN, raw.url())).isEqualTo(Bytes.EMPTY);
    } finally {
      over.countDown();
    }
  }

  private static byte[] answer(String headers, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(("HTTP/1.0 200 OK\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** What writes an answer, well or badly. */
  private interface Answering {
    void to(OutputStream out) throws IOException;
  }

  /** A server that keeps no rule of HTTP; it takes one connection. */
  private static final class Raw implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    Raw(Answering answering) throws IOException {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = server.accept()) {
                  answering.to(socket.getOutputStream());
                } catch (IOException e) {
                  // the other side had enough
                }
              });
    }

    String url() {
      return "http://127.0.0.1:" + server.getLocalPort() + "/cover";
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void nobody_reaches_the_inside_by_the_address_of_a_cover() throws IOException {
    assertThat(fetcher(false).cover(ANN, url("/cover"))).isEqualTo(Bytes.EMPTY);
    assertThat(asked).hasValue(0);
  }

  @Test
  void an_address_that_is_none_is_left_out() throws IOException {
    assertThat(fetcher(true).cover(ANN, "file:///etc/passwd")).isEqualTo(Bytes.EMPTY);
    assertThat(fetcher(true).cover(ANN, "no address")).isEqualTo(Bytes.EMPTY);
    assertThat(fetcher(true).cover(ANN, "")).isEqualTo(Bytes.EMPTY);
  }

  private CoverFetcher fetcher(boolean inside) {
    return new CoverFetcher(new Covers(store), new Reach(inside), clock);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }
}
