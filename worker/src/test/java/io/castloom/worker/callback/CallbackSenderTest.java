package io.castloom.worker.callback;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.castloom.domain.job.Estimates;
import io.castloom.domain.job.JobId;
import io.castloom.domain.job.JobState;
import io.castloom.domain.job.Priority;
import io.castloom.domain.job.Samples;
import io.castloom.domain.job.Task;
import io.castloom.domain.job.TaskId;
import io.castloom.domain.job.TaskKind;
import io.castloom.domain.job.TaskOutcome;
import io.castloom.domain.job.TaskSpec;
import io.castloom.domain.job.WorkClass;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.service.accounts.Account;
import io.castloom.service.accounts.Accounts;
import io.castloom.service.outgoing.Reach;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackSenderTest {

  private final InstantSource clock = InstantSource.fixed(Samples.NOW);
  private final Accounts accounts = new Accounts(new MemoryObjectStore(), clock);
  private final Map<String, String> heard = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private volatile int status = 204;
  private HttpServer server;

  CallbackSenderTest() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
  }

  @BeforeEach
  void listen() {
    server.createContext(
        "/",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> heard.put(name, values.getFirst()));
          heard.put("path", exchange.getRequestURI().toString());
          heard.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          if (status == 302) {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_callback_is_posted_and_signed_with_every_token() throws Exception {
    accounts.add(Samples.DEMO, Account.Role.CUSTOMER);
    String token = accounts.newToken(Samples.DEMO, "laptop").orElseThrow();
    assertThat(send(url("/hook?x=1"), true)).isInstanceOf(TaskOutcome.Produced.class);
    assertThat(heard).containsEntry("path", "/hook?x=1");
    String body = heard.getOrDefault("body", "");
    assertThat(body).contains("\"state\":\"done\"", "\"job\":\"0123456789\"");
    String key =
        Sha256.of(token.substring(token.indexOf('.') + 1).getBytes(StandardCharsets.UTF_8)).hex();
    assertThat(heard)
        .containsEntry(
            "Castloom-Signature",
            "laptop=" + CallbackSignature.hmac(key, heard.get("Castloom-Timestamp") + "." + body));
  }

  @Test
  void an_answer_other_than_2xx_is_tried_again_and_no_redirection_is_followed() throws Exception {
    accounts.add(Samples.DEMO, Account.Role.CUSTOMER);
    for (int answer : new int[] {302, 404, 500}) {
      status = answer;
      assertThat(send(url("/"), true)).isInstanceOf(TaskOutcome.Retry.class);
    }
  }

  @Test
  void an_address_inside_the_house_is_never_called() throws Exception {
    accounts.add(Samples.DEMO, Account.Role.CUSTOMER);
    assertThat(send(url("/"), false)).isInstanceOf(TaskOutcome.Rejected.class);
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.20.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "::"
      })
  void only_public_addresses_are_public(String address) throws Exception {
    assertThat(new Reach(false).allows(InetAddress.getByName(address))).isFalse();
    assertThat(new Reach(false).allows(InetAddress.getByName("93.184.215.14"))).isTrue();
    assertThat(new Reach(false).allows(InetAddress.getByName("2606:2800:21f::1"))).isTrue();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private TaskOutcome send(String url, boolean inside) throws Exception {
    TaskSpec.Callback callback = new TaskSpec.Callback(url, JobState.DONE, Samples.NOW, "");
    Task task =
        new Task(
            new TaskId(new JobId("0123456789"), "callback-done"),
            new WorkClass(TaskKind.TRANSCODE, Priority.NORMAL),
            Samples.DEMO,
            Samples.NOW,
            Estimates.CALLBACK,
            callback,
            true);
    return new CallbackSender(accounts, new Reach(inside), clock).send(task, callback);
  }
}
