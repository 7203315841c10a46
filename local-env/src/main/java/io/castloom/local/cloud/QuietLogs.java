package io.castloom.local.cloud;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The embedded servers tell of every connection and actor; only their warnings are wanted. */
final class QuietLogs {

  private static final List<String> WARNINGS =
      List.of("org.gaul", "org.eclipse.jetty", "org.apache.pekko", "org.elasticmq");
  // Says "error" of what is a client's business, such as a queue that does not exist.
  private static final List<String> ERRORS = List.of("scalikejdbc");

  // Each says "error" of a request that the client is answered anyhow: a lifecycle rule, which a
  // folder has no use for, and a long poll that a client broke off.
  private static final List<String> NOTHING =
      List.of("org.gaul.s3proxy.S3ProxyHandler", "org.elasticmq.rest.sqs");

  private QuietLogs() {}

  static void apply() {
    WARNINGS.forEach(name -> set(name, Level.WARN));
    ERRORS.forEach(name -> set(name, Level.ERROR));
    NOTHING.forEach(name -> set(name, Level.OFF));
  }

  private static void set(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
      logger.setLevel(level);
    }
  }
}
