package io.castloom.tests.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets everything through and notes what AWS would have had to permit, by process: each process
 * names itself in its user agent. Of SQS the head of a request tells the action, not the queue.
 */
public final class Witness implements Weather {

  private static final Pattern CALLER =
      Pattern.compile(
          "^user-agent:.*\\bcastloom-(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern TARGET =
      Pattern.compile(
          "^x-amz-target: *AmazonSQS\\.(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern SOURCE =
      Pattern.compile("^x-amz-copy-source: *(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final Set<Need> needs = new ConcurrentSkipListSet<>();

  /**
   * What a process needed.
   *
   * @param process {@code worker}
   * @param action as in a policy: {@code s3:PutObject}, {@code sqs:SendMessage}
   * @param resource {@code <bucket>/<key>}, {@code <bucket>} for a listing; empty where the
   *     request's head does not tell
   */
  public record Need(String process, String action, String resource) implements Comparable<Need> {
    @Override
    public int compareTo(Need other) {
      return toString().compareTo(other.toString());
    }
  }

  /** All that was needed so far. */
  public Set<Need> needs() {
    return new TreeSet<>(needs);
  }

  @Override
  public Fate of(String head) {
    Matcher caller = CALLER.matcher(head);
    if (caller.find()) {
      String process = caller.group(1);
      Matcher target = TARGET.matcher(head);
      if (target.find()) {
        needs.add(new Need(process, sqs(target.group(1)), ""));
      } else {
        String[] line = head.substring(0, head.indexOf('\r')).split(" ", -1);
        s3(process, line[0], line[1], head);
      }
    }
    return Fate.DELIVERED;
  }

  /** SQS API reference, "API permissions": a batch needs what a single one does. */
  private static String sqs(String operation) {
    return "sqs:" + operation.replace("Batch", "");
  }

  /** S3 user guide, "Required permissions for Amazon S3 API operations". */
  private void s3(String process, String method, String target, String head) {
    int mark = target.indexOf('?');
    String path = decoded(mark < 0 ? target.substring(1) : target.substring(1, mark));
    String query = mark < 0 ? "" : "&" + target.substring(mark + 1) + "&";
    int slash = path.indexOf('/');
    boolean wholeBucket = slash < 0 || slash == path.length() - 1;
    if (wholeBucket) {
      boolean deletes = method.equals("POST") && query.contains("&delete");
      needs.add(
          new Need(
              process,
              deletes ? "s3:DeleteObject" : "s3:ListBucket",
              deletes ? "" : path.replace("/", "")));
      return;
    }
    needs.add(
        new Need(
            process,
            switch (method) {
              case "GET", "HEAD" ->
                  query.contains("&uploadId=") ? "s3:ListMultipartUploadParts" : "s3:GetObject";
              case "PUT", "POST" -> "s3:PutObject";
              case "DELETE" ->
                  query.contains("&uploadId=") ? "s3:AbortMultipartUpload" : "s3:DeleteObject";
              default -> "s3:" + method;
            },
            path));
    Matcher source = SOURCE.matcher(head);
    if (source.find()) {
      needs.add(new Need(process, "s3:GetObject", decoded(source.group(1)).replaceFirst("^/", "")));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
