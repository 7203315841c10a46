package io.castloom.local.rehearsal;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of SQS (its JSON protocol) as a start asks for: every queue is there and empty. */
final class Queues {

  private static final String COUNTS =
      "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"0\","
          + "\"ApproximateNumberOfMessagesNotVisible\":\"0\","
          + "\"ApproximateNumberOfMessagesDelayed\":\"0\","
          + "\"QueueArn\":\"arn:aws:sqs:us-east-1:000000000000:queue\"}}";

  private Queues() {}

  static Answer answer(String operation, String request, URI endpoint, CountDownLatch closed)
      throws InterruptedException {
    return Answer.json(
        switch (operation) {
          case "CreateQueue", "GetQueueUrl" ->
              "{\"QueueUrl\":\"%s/000000000000/%s\"}"
                  .formatted(endpoint, value(request, "\"QueueName\"\\s*:\\s*\"([^\"]*)\""));
          case "ReceiveMessage" -> {
            String wait = value(request, "\"WaitTimeSeconds\"\\s*:\\s*(\\d+)");
            boolean _ = closed.await(wait.isEmpty() ? 0 : Long.parseLong(wait), TimeUnit.SECONDS);
            yield "{}";
          }
          case "SendMessage" ->
              "{\"MessageId\":\"1\",\"MD5OfMessageBody\":\"%s\"}".formatted(digest(request));
          case "GetQueueAttributes" -> COUNTS;
          case "ListQueues" -> "{\"QueueUrls\":[]}";
          default -> "{}";
        });
  }

  private static String digest(String request) {
    String body = value(request, "\"MessageBody\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    return Md5.hex(plain(body).getBytes(StandardCharsets.UTF_8));
  }

  private static String value(String request, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(request);
    return found.find() ? found.group(1) : "";
  }

  /** A JSON string's text. */
  private static String plain(String json) {
    StringBuilder text = new StringBuilder(json.length());
    int i = 0;
    while (i < json.length()) {
      char c = json.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = json.charAt(i++);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(json.substring(i, i + 4), 16));
          i += 4;
        }
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }
}
