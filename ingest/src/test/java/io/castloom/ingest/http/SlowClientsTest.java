package io.castloom.ingest.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SlowClientsTest extends ApiServer {

  @Override
  Duration headPatience() {
    return Duration.ofSeconds(2);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static void after(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Test
  void a_head_that_drips_in_is_not_waited_for() throws Exception {
    long began = System.nanoTime();
    try (Socket socket = connect()) {
      write(socket, "GET /v1/jobs HTTP/1.1\r\n");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 300; i++) {
                  after(50);
                  write(socket, "X-" + i + ": drip\r\n");
                }
              })
          .isInstanceOf(SocketException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void who_pauses_between_two_requests_or_within_a_body_is_waited_for() throws Exception {
    try (Socket socket = connect()) {
      write(socket, head("HEAD /v1/jobs", world.token));
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 200");
      after(4_000); // twice the patience, idle
      write(socket, head("PUT /v1/uploads/a.wav", world.token, "Content-Length: 12"));
      for (int i = 0; i < 12; i++) {
        after(200);
        write(socket, "x");
      }
      String answer = "";
      while (!answer.startsWith("HTTP/1.1 422")) {
        answer = firstLine(socket).strip(); // behind the rest of the first answer's head
      }
    }
  }

  @Test
  void a_body_whose_minute_brings_next_to_nothing_is_too_slow_and_a_tunnel_is_not()
      throws Exception {
    AtomicLong minutes = new AtomicLong();
    byte[] sound = new byte[10_000];
    PacedBody body =
        new PacedBody(
            new ByteArrayInputStream(sound), () -> TimeUnit.MINUTES.toNanos(minutes.get()));
    assertThat(body.readNBytes(2_000)).hasSize(2_000);
    minutes.set(1); // a minute's silence, which the idle limit judges
    assertThat(body.read()).isZero();
    minutes.set(2);
    assertThatThrownBy(body::read)
        .isInstanceOf(TooSlowException.class)
        .hasMessageStartingWith("only 1 bytes came in a minute, at least 1024 must");
  }
}
