package io.castloom.service.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientNoiseTest {
  private final LoggerContext context = new LoggerContext();

  private FilterReply reply(String logger, Level level, @Nullable Throwable thrown) {
    return new ClientNoise().decide(null, context.getLogger(logger), level, "words", null, thrown);
  }

  @Test
  void what_ordinary_clients_of_ftp_do_is_not_logged() {
    String ftp = "org.apache.ftpserver.impl.";
    assertThat(reply(ftp + "PassivePorts", Level.WARN, null)).isEqualTo(FilterReply.DENY);
    assertThat(reply(ftp + "DefaultFtpHandler", Level.ERROR, new SocketException("reset")))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void faults_and_failed_logins_are_logged_as_before() {
    String ftp = "org.apache.ftpserver.";
    assertThat(reply(ftp + "impl.DefaultFtpHandler", Level.ERROR, new IOException("no store")))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(reply(ftp + "command.impl.PASS", Level.WARN, null)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(reply("io.castloom.ingest.ftp.FtpService", Level.ERROR, new SocketException("x")))
        .isEqualTo(FilterReply.NEUTRAL);
  }
}
