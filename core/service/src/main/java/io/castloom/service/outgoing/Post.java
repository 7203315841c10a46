package io.castloom.service.outgoing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 POST to an address that was looked up and judged beforehand: the connection goes to
 * that very address, so a name that changes its mind in between leads nowhere else. Redirections
 * are not followed, and of the answer only the status is read.
 */
public final class Post {

  private static final int LONGEST_LINE = 4_000;

  private Post() {}

  /** Sends; gives the status of the answer. */
  public static int send(
      URI uri, InetAddress address, Map<String, String> headers, byte[] body, Duration patience)
      throws IOException {
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    int millis = (int) patience.toMillis();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), millis);
      plain.setSoTimeout(millis);
      try (Socket socket = tls ? secured(plain, uri.getHost(), port) : plain) {
        socket.setSoTimeout(millis);
        OutputStream out = socket.getOutputStream();
        out.write(head(uri, headers, body.length).getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return status(socket);
      }
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

  private static String head(URI uri, Map<String, String> headers, int length) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    StringBuilder head = new StringBuilder("POST ").append(path);
    if (uri.getRawQuery() != null) {
      head.append('?').append(uri.getRawQuery());
    }
    head.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() > 0) {
      head.append(':').append(uri.getPort());
    }
    head.append("\r\nConnection: close\r\nContent-Length: ").append(length).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private static int status(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0 && c != '\n' && line.length() < LONGEST_LINE; ) {
      line.append((char) c);
      c = reader.read();
    }
    String[] words = line.toString().strip().split(" ");
    if (words.length < 2 || !words[0].startsWith("HTTP/1") || !words[1].matches("[1-5]\\d\\d")) {
      throw new IOException("the answer is no HTTP: \"" + line.toString().strip() + "\"");
    }
    return Integer.parseInt(words[1]);
  }
}
