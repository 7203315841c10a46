package io.castloom.service.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReachTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/hook",
        "http://127.1/hook",
        "http://10.0.0.8:8080/",
        "https://172.16.3.4/x",
        "https://192.168.1.1",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]/x",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/latest",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost:9000/",
        "http://LOCALHOST/",
        "http://hooks.localhost/"
      })
  void an_address_inside_that_is_written_out_is_refused_without_asking(String url) {
    URI uri = URI.create(url);
    assertThat(uri.getHost() == null || new Reach(false).refuses(uri)).isTrue();
    assertThat(new Reach(true).refuses(uri)).isFalse();
  }

  @Test
  void a_name_and_a_public_address_are_left_to_the_call() {
    assertThat(new Reach(false).refuses(URI.create("https://example.org/hook"))).isFalse();
    assertThat(new Reach(false).refuses(URI.create("https://10.example.org/"))).isFalse();
    assertThat(new Reach(false).refuses(URI.create("https://93.184.216.34/hook"))).isFalse();
    assertThat(new Reach(false).refuses(URI.create("https://[2606:2800:220:1::1]/"))).isFalse();
  }
}
