package io.castloom.ingest.http;

import io.castloom.ingest.access.TlsKeys;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The HTTP server. A request runs on a virtual thread of its own. */
public final class HttpServer implements AutoCloseable {
  /** Idle connections and stalled uploads are closed after this. */
  private static final long IDLE_MILLIS = 60_000;

  /** A head is a packet or two, however slow the line. */
  private static final Duration HEAD_PATIENCE = Duration.ofSeconds(20);

  private static final int MAX_HEADER_BYTES = 32 << 10;

  /** Read from a connection at once: uploads are long. Outside of the heap. */
  private static final int INPUT_BYTES = 64 << 10;

  private final Javalin javalin;
  private final int port;
  private final String scheme;

  private HttpServer(Javalin javalin, String scheme) {
    this.javalin = javalin;
    this.port = javalin.port();
    this.scheme = scheme;
  }

  /**
   * Where it listens.
   *
   * @param port 0 for any free one
   * @param tls null for plain HTTP
   * @param publicUrl with what the addresses of the API begin in {@code Location}, without a slash
   *     at its end; null when they are relative, which is right behind any proxy that changes no
   *     paths. Never taken from what a request says of itself
   */
  public record Address(String host, int port, @Nullable TlsKeys tls, @Nullable URI publicUrl) {
    /** One whose addresses are relative. */
    public Address(String host, int port, @Nullable TlsKeys tls) {
      this(host, port, tls, null);
    }
  }

  /**
   * Starts it.
   *
   * @throws IOException the port is taken or the keystore cannot be used; the message says what to
   *     do
   */
  public static HttpServer start(Address address, List<Routes> routes) throws IOException {
    return start(address, routes, HEAD_PATIENCE);
  }

  /**
   * @param headPatience from the first bytes of a request to the end of its head
   */
  static HttpServer start(Address address, List<Routes> routes, Duration headPatience)
      throws IOException {
    TlsKeys tls = address.tls();
    if (tls != null) {
      tls.check();
    }
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config, address, headPatience);
              Problems.install(config.routes);
              routes.forEach(some -> some.install(config.routes));
              if (address.publicUrl() != null) {
                String base = address.publicUrl().toString();
                config.routes.after("/v1/*", ctx -> locate(ctx, base));
              }
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw new IOException(
          "HTTP cannot listen on "
              + address.host()
              + ":"
              + address.port()
              + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
              + ": is another process using the port? Choose another with http.port",
          e);
    }
    return new HttpServer(javalin, tls == null ? "http" : "https");
  }

  /** Where a proxy has paths of its own, a relative address would lead past it. */
  private static void locate(Context ctx, String base) {
    String location = ctx.res().getHeader("Location");
    if (location != null && location.startsWith("/")) {
      ctx.header("Location", base + location);
    }
  }

  private static void configure(JavalinConfig config, Address address, Duration headPatience) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.defaultContentType = "application/octet-stream";
    config.router.ignoreTrailingSlashes = true;
    config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems()));
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JettyProblems()));
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(MAX_HEADER_BYTES);
          http.setOutputBufferSize(64 << 10);
        });
    config.jetty.addConnector(
        (server, http) -> {
          ServerConnector connector = connector(server, http, address);
          connector.addBean(new HeadDeadline(connector, headPatience));
          return connector;
        });
  }

  private static ServerConnector connector(
      Server server, org.eclipse.jetty.server.HttpConfiguration http, Address address) {
    TlsKeys tls = address.tls();
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    plain.setInputBufferSize(INPUT_BYTES);
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, plain);
    } else {
      SslContextFactory.Server keys = new SslContextFactory.Server();
      keys.setKeyStorePath(tls.keystore().toString());
      keys.setKeyStorePassword(tls.password());
      keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector = new ServerConnector(server, new SslConnectionFactory(keys, "http/1.1"), plain);
    }
    connector.setHost(address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setReuseAddress(true);
    return connector;
  }

  /** What it serves, as {@code GET /v1/jobs/{job}}: method and path, in order. */
  public SortedSet<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** {@code https} with a certificate, else {@code http}. */
  public String scheme() {
    return scheme;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
