package io.castloom.service.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, on standard error: lines for people, or one JSON object a line. */
public final class Logging {

  /** How logs are written. */
  public enum Format {
    TEXT,
    JSON
  }

  /** Libraries that tell more than anybody wants to know. */
  private static final String[] CHATTY = {
    "software.amazon.awssdk",
    "org.apache",
    "org.eclipse.jetty",
    "org.gaul",
    "org.jclouds",
    "org.elasticmq",
    "org.quartz",
    "com.github.kokorin.jaffree",
    "io.netty",
    "io.javalin"
  };

  private Logging() {}

  /**
   * Sets up the logs of this JVM; the last call holds.
   *
   * @param process named in each JSON line
   */
  public static void configure(String process, Format format, Level level) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return; // another backend is in charge, as in an application that embeds Castloom
    }
    context.reset();
    context.addTurboFilter(new ClientNoise());
    context.putProperty("process", process);
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder(context, process, format));
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(level);
    for (String name : CHATTY) {
      context.getLogger(name).setLevel(Level.WARN);
    }
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, String process, Format format) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case JSON -> new JsonLines(process);
          case TEXT -> new TextLines();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /**
   * Sets a logger's level.
   *
   * @param level {@code trace debug info warn error off}; null to inherit it again
   * @throws IllegalArgumentException there is no such level
   */
  public static void level(String logger, @Nullable String level) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    Level wanted = level == null ? null : Level.toLevel(level.toUpperCase(Locale.ROOT), null);
    if (level != null && wanted == null) {
      throw new IllegalArgumentException(
          "a log level is trace, debug, info, warn, error or off, not \"" + level + "\"");
    }
    if (factory instanceof LoggerContext context) {
      context.getLogger(logger).setLevel(wanted);
    }
  }
}
