import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * An instance metadata service, version 2 only, for one pretended instance: {@code java Metadata.java ADDRESS INSTANCE [TAG=VALUE...]}.
 *
 * <p>Prints its port and serves until it is killed. Without a session token it answers 401, as an instance that requires IMDSv2 does
 * (AWS, EC2 user guide, "Use the Instance Metadata Service").
 */
public final class Metadata {

  private static final String TOKEN = UUID.randomUUID().toString();

  public static void main(String[] args) throws IOException {
    Map<String, String> answers = answers(args);
    HttpServer server = HttpServer.create(new InetSocketAddress(args[0], 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/latest/", exchange -> answer(exchange, answers));
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static Map<String, String> answers(String[] args) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 2; i < args.length; i++) {
      tags.put(args[i].substring(0, args[i].indexOf('=')), args[i].substring(args[i].indexOf('=') + 1));
    }
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("meta-data/instance-id", args[1]);
    answers.put("meta-data/placement/region", "us-east-1");
    answers.put("meta-data/placement/availability-zone", "us-east-1a");
    answers.put("meta-data/instance-type", "c6i.large");
    answers.put("meta-data/iam/security-credentials/", "worker");
    answers.put(
        "meta-data/iam/security-credentials/worker",
        "{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"AccessKeyId\":\"test\",\"SecretAccessKey\":\"test\",\"Token\":\"test\","
            + "\"LastUpdated\":\"2026-01-01T00:00:00Z\",\"Expiration\":\"2099-01-01T00:00:00Z\"}");
    answers.put("meta-data/iam/security-credentials-extended/", "worker");
    answers.put(
        "meta-data/iam/security-credentials-extended/worker",
        answers.get("meta-data/iam/security-credentials/worker"));
    answers.put("meta-data/tags/instance/", String.join("\n", tags.keySet()));
    tags.forEach((name, value) -> answers.put("meta-data/tags/instance/" + name, value));
    answers.put(
        "dynamic/instance-identity/document",
        "{\"instanceId\":\"" + args[1] + "\",\"region\":\"us-east-1\",\"instanceType\":\"c6i.large\"}");
    return answers;
  }

  private static void answer(HttpExchange exchange, Map<String, String> answers) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/latest/".length());
    if (path.equals("api/token") && exchange.getRequestMethod().equals("PUT")) {
      exchange.getResponseHeaders().set("x-aws-ec2-metadata-token-ttl-seconds", "21600");
      send(exchange, 200, TOKEN);
    } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("x-aws-ec2-metadata-token"))) {
      send(exchange, 401, "");
    } else if (answers.containsKey(path)) {
      send(exchange, 200, answers.get(path));
    } else {
      send(exchange, 404, "");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Metadata() {}
}
