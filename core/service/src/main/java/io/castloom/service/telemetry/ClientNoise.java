package io.castloom.service.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Leaves out what the FTP server says of ordinary clients: a line for each data connection, because
 * no range of passive ports is set, and two stack traces for each client that hangs up or sends
 * nonsense. Anybody could fill a disk with those.
 */
final class ClientNoise extends TurboFilter {
  private static final String FTP = "org.apache.ftpserver.";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable thrown) {
    String name = logger.getName();
    if (!name.startsWith(FTP)) {
      return FilterReply.NEUTRAL;
    }
    boolean ofPorts = name.endsWith(".PassivePorts") && !level.isGreaterOrEqual(Level.ERROR);
    boolean ofClient =
        thrown instanceof SocketException
            || (thrown != null && thrown.getClass().getName().contains("ProtocolDecoderException"));
    return ofPorts || ofClient ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
