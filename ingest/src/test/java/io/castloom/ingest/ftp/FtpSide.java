package io.castloom.ingest.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.ingest.World;
import io.castloom.ingest.access.LoginLimit;
import io.castloom.ingest.access.TlsKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An FTP server on a free port over a world in memory, and what a client needs. */
abstract class FtpSide {
  static final int MIB = 1 << 20;

  @TempDir Path folder;
  World world;
  Incoming incoming;
  FtpService server;

  @BeforeEach
  void start() throws Exception {
    world = new World(folder.resolve("spool"));
    Refusals refusals = new Refusals(world.store);
    incoming = new Incoming(world.intake, world.shows, refusals, world.herald, world.clock);
    TlsKeys tls = tls();
    server =
        FtpService.start(
            new FtpService.Address("127.0.0.1", 0, "0", null, tls, tls != null),
            world.accounts,
            new LoginLimit(world.clock, 5),
            incoming,
            new Outgoing(world.store, world.jobs, refusals, world.intake.names(), world.clock));
  }

  @Nullable TlsKeys tls() throws Exception {
    return null;
  }

  @AfterEach
  void stop() {
    server.close();
    incoming.close();
    world.close();
    assertThat(world.store.openStreams()).isZero();
    assertThat(world.store.openUploads()).isZero();
    assertThat(world.spool.reservedBytes()).isZero();
  }

  FTPClient login() throws IOException {
    FTPClient ftp = new FTPClient();
    ftp.setControlEncoding("UTF-8");
    ftp.connect("127.0.0.1", server.port());
    assertThat(ftp.login("demo", world.token)).as(ftp.getReplyString()).isTrue();
    ready(ftp);
    return ftp;
  }

  static void ready(FTPClient ftp) throws IOException {
    ftp.enterLocalPassiveMode();
    ftp.setFileType(FTP.BINARY_FILE_TYPE);
  }

  static boolean store(FTPClient ftp, String path, byte[] bytes) throws IOException {
    return ftp.storeFile(path, new ByteArrayInputStream(bytes));
  }

  static String text(FTPClient ftp, String path) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ftp.retrieveFile(path, out)).as(ftp.getReplyString()).isTrue();
    return out.toString(StandardCharsets.UTF_8);
  }

  static List<String> names(FTPClient ftp, String path) throws IOException {
    return Stream.of(ftp.listFiles(path)).map(FTPFile::getName).toList();
  }

  /** Nothing was queued and nothing of it lies in the store. */
  void nothingQueued() throws IOException {
    assertThat(world.messages()).isZero();
    assertThat(world.keys("originals/")).isEmpty();
    assertThat(world.keys("jobs/")).isEmpty();
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  static void await(Condition condition) throws IOException {
    long until = System.nanoTime() + 10_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
