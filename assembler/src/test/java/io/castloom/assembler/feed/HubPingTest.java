package io.castloom.assembler.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.castloom.service.outgoing.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubPingTest {
  private static final URI FEED = URI.create("https://example.org/feeds/talk.xml");

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private HttpServer hub;
  private int status = 204;

  @BeforeEach
  void a_hub() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  private String address() {
    return "http://127.0.0.1:" + hub.getAddress().getPort() + "/";
  }

  @Test
  void a_hub_is_told_which_feed_changed() {
    assertThat(new HubPing(new Reach(true)).tell(address(), FEED)).isTrue();
    assertThat(heard)
        .containsExactly("hub.mode=publish&hub.url=https%3A%2F%2Fexample.org%2Ffeeds%2Ftalk.xml");
  }

  @Test
  void no_hub_inside_is_called_unless_that_is_allowed() {
    assertThat(new HubPing(new Reach(false)).tell(address(), FEED)).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void a_hub_that_refuses_or_is_none_stops_nothing() {
    status = 500;
    assertThat(new HubPing(new Reach(true)).tell(address(), FEED)).isFalse();
    assertThat(new HubPing(new Reach(true)).tell("ftp://example.org", FEED)).isFalse();
    assertThat(new HubPing(new Reach(true)).tell("no address", FEED)).isFalse();
  }
}
