package io.castloom.ingest.ftp;

import io.castloom.ingest.access.LoginLimit;
import io.castloom.ingest.access.TlsKeys;
import io.castloom.service.accounts.Accounts;
import java.io.IOException;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.jspecify.annotations.Nullable;

/**
 * The FTP server; with keys also FTPS by {@code AUTH TLS}. User and password are the account's name
 * and token.
 *
 * <p>curl over TLS 1.3 sends truncated files unless this JVM runs with {@code
 * -Djdk.tls.server.newSessionTicketCount=0}.
 */
public final class FtpService implements AutoCloseable {
  private static final String LISTENER = "default";
  private static final int IDLE_SECONDS = 300;
  private static final int DATA_IDLE_SECONDS = 60;
  private static final int MAX_LOGINS = 1_000;
  private static final int LOGIN_FAILURE_DELAY_MILLIS = 500;

  private final FtpServer server;
  private final int port;

  private FtpService(FtpServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Where FTP listens.
   *
   * @param port 0 for any free one
   * @param passivePorts ports and ranges for data, for example {@code 30000-30099}; {@code 0} for
   *     any free ones
   * @param passiveAddress what clients are told to connect to, behind a translator of addresses;
   *     null for the address that they came to
   * @param tls null when there is no FTPS
   * @param requireTls whether nobody may log in without it
   */
  public record Address(
      String host,
      int port,
      String passivePorts,
      @Nullable String passiveAddress,
      @Nullable TlsKeys tls,
      boolean requireTls) {}

  /**
   * Starts it.
   *
   * @throws IOException the port is taken, or the keystore cannot be used; the message says what to
   *     do
   */
  public static FtpService start(
      Address address, Accounts accounts, LoginLimit limit, Incoming incoming, Outgoing outgoing)
      throws IOException {
    FtpServerFactory factory = new FtpServerFactory();
    Listener listener = listener(address);
    factory.addListener(LISTENER, listener);
    factory.setUserManager(new TokenUsers(accounts, limit));
    factory.setFileSystem(user -> new AccountView(user, incoming, outgoing));
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(false);
    connections.setMaxLogins(MAX_LOGINS);
    connections.setMaxLoginFailures(3);
    connections.setLoginFailureDelay(LOGIN_FAILURE_DELAY_MILLIS);
    connections.setMaxThreads(MAX_LOGINS);
    factory.setConnectionConfig(connections.createConnectionConfig());
    CommandFactoryFactory commands = new CommandFactoryFactory();
    commands.setUseDefaultCommands(false); // SITE and MD5 among them, which reads a file as a whole
    Commands.of(incoming, address.requireTls()).forEach(commands::addCommand);
    factory.setCommandFactory(commands.createCommandFactory());
    FtpServer server = factory.createServer();
    try {
      server.start();
    } catch (FtpException | FtpServerConfigurationException e) {
      server.stop();
      throw new IOException(
          "FTP cannot listen on "
              + address.host()
              + ":"
              + address.port()
              + " ("
              + e.getMessage()
              + "): is another process using the port? Choose another with ftp.port",
          e);
    }
    return new FtpService(server, listener.getPort());
  }

  private static Listener listener(Address address) {
    ListenerFactory factory = new ListenerFactory();
    factory.setServerAddress(address.host());
    factory.setPort(address.port());
    factory.setIdleTimeout(IDLE_SECONDS);
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setIdleTime(DATA_IDLE_SECONDS);
    data.setPassivePorts(address.passivePorts());
    data.setPassiveIpCheck(true);
    data.setActiveIpCheck(true);
    if (address.passiveAddress() != null) {
      data.setPassiveExternalAddress(address.passiveAddress());
    }
    TlsKeys tls = address.tls();
    if (tls != null) {
      SslConfiguration ssl = ssl(tls);
      factory.setSslConfiguration(ssl);
      data.setSslConfiguration(ssl);
    }
    factory.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    return factory.createListener();
  }

  private static SslConfiguration ssl(TlsKeys tls) {
    SslConfigurationFactory factory = new SslConfigurationFactory();
    factory.setKeystoreFile(tls.keystore().toFile());
    factory.setKeystorePassword(tls.password());
    factory.setKeyPassword(tls.password());
    factory.setKeystoreType("PKCS12");
    factory.setSslProtocol("TLSv1.3", "TLSv1.2");
    return factory.createSslConfiguration();
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.stop();
  }
}
