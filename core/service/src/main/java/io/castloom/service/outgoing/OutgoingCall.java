package io.castloom.service.outgoing;

import io.castloom.bitstream.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP request to an address that was looked up and judged beforehand: the connection goes to
 * that very address, so a name that changes its mind in between leads nowhere else. Redirections
 * are not followed.
 */
public final class OutgoingCall {

  private static final int LONGEST_LINE = 4_000;
  private static final int MOST_HEADERS = 100;

  private OutgoingCall() {}

  /**
   * An answer.
   *
   * @param location where a redirection leads, as it was written; else empty
   * @param body cut off behind the bytes that were wanted
   */
  public record Answer(int status, String location, Bytes body) {}

  /**
   * Sends a POST; of the answer only the status is read.
   *
   * @param patience for the whole, however slowly the answer drips
   */
  public static int post(
      URI uri, InetAddress address, Map<String, String> headers, byte[] body, Duration patience)
      throws IOException {
    try (Socket socket = connected(uri, address, patience)) {
      StringBuilder head = head("POST", "HTTP/1.1", uri);
      head.append("Content-Length: ").append(body.length).append("\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      send(socket, head, body);
      return status(line(socket.getInputStream()));
    }
  }

  /**
   * Gets a resource. The request is one of HTTP/1.0, so the answer comes in one piece.
   *
   * @param mostBytes of the body; one more is read, so that a longer one can be told
   * @param patience for the whole
   */
  public static Answer get(URI uri, InetAddress address, int mostBytes, Duration patience)
      throws IOException {
    try (Socket socket = connected(uri, address, patience)) {
      StringBuilder head = head("GET", "HTTP/1.0", uri);
      head.append("User-Agent: Castloom\r\n");
      send(socket, head, new byte[0]);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int status = status(line(in));
      String location = "";
      long told = -1;
      String header = line(in);
      for (int i = 0; !header.isEmpty(); i++) {
        if (i == MOST_HEADERS) {
          throw new IOException("the answer has more than " + MOST_HEADERS + " headers");
        }
        if (header.toLowerCase(Locale.ROOT).startsWith("location:")) {
          location = header.substring("location:".length()).strip();
        }
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          told = length(header.substring("content-length:".length()).strip());
        }
        header = line(in);
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] block = new byte[1 << 14];
      for (int n = in.read(block); n > 0 && body.size() <= mostBytes; n = in.read(block)) {
        body.write(block, 0, Math.min(n, mostBytes + 1 - body.size()));
      }
      if (body.size() < Math.min(told, mostBytes + 1L)) {
        throw new IOException("the answer was cut off at %d of %d".formatted(body.size(), told));
      }
      return new Answer(status, location, Bytes.adopt(body.toByteArray()));
    }
  }

  private static long length(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("the answer tells no length: " + text, e);
    }
  }

  /** A connection that is closed when the patience is over, whatever is being read or written. */
  private static Socket connected(URI uri, InetAddress address, Duration patience)
      throws IOException {
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    int millis = (int) patience.toMillis();
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(address, port), millis);
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
          .execute(() -> closeAtLast(plain));
      return tls ? secured(plain, uri.getHost(), port) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static void closeAtLast(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same, as far as it can be.
    }
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static StringBuilder head(String method, String version, URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    StringBuilder head = new StringBuilder(method).append(' ').append(path);
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(' ').append(version).append("\r\nHost: ").append(uri.getHost());
    if (uri.getPort() > 0) {
      head.append(':').append(uri.getPort());
    }
    return head.append("\r\nConnection: close\r\n");
  }

  private static void send(Socket socket, StringBuilder head, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST_LINE; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ");
    if (words.length < 2 || !words[0].startsWith("HTTP/1") || !words[1].matches("[1-5]\\d\\d")) {
      throw new IOException("the answer is no HTTP: \"" + line + "\"");
    }
    return Integer.parseInt(words[1]);
  }
}
