package io.castloom.tests.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 server on a free port of 127.0.0.1 that hands every request on to another, byte for
 * byte (so that signatures stay right), as the {@link Weather} allows.
 */
public final class Wire implements AutoCloseable {

  private static final Pattern LENGTH =
      Pattern.compile("^content-length: *(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern CHUNKED =
      Pattern.compile("^transfer-encoding: *chunked", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern EXPECTS =
      Pattern.compile("^expect: *100-continue", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final byte[] UNAVAILABLE =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEAD = 1 << 16;

  private final ServerSocket door;
  private final URI target;
  private final Weather weather;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Wire(ServerSocket door, URI target, Weather weather) {
    this.door = door;
    this.target = target;
    this.weather = weather;
  }

  /** Listens when this returns. */
  public static Wire to(URI target, Weather weather) throws IOException {
    Wire wire =
        new Wire(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target, weather);
    Thread.ofVirtual().start(wire::listen);
    return wire;
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  private void listen() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(target.getHost(), target.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Pair pair = new Pair(client, server);
        Thread.ofVirtual().start(pair::requests);
        Thread.ofVirtual().start(pair::answers);
      } catch (IOException e) {
        // closed, or the target is gone: the client sees its connection end
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** A client's connection and the one made for it. */
  private final class Pair {
    private final Socket client;
    private final Socket server;
    private volatile boolean answerLost;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() {
      try (client;
          server) {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        for (String head = head(in); !head.isEmpty(); head = head(in)) {
          switch (weather.of(head)) {
            case DELIVERED -> {}
            case ANSWER_LOST -> answerLost = true;
            case RESET -> {
              reset();
              return;
            }
            case UNAVAILABLE -> {
              if (!EXPECTS.matcher(head).find()) {
                copy(in, OutputStream.nullOutputStream(), length(head));
              }
              client.getOutputStream().write(UNAVAILABLE);
              return;
            }
          }
          out.write(head.getBytes(StandardCharsets.ISO_8859_1));
          copy(in, out, CHUNKED.matcher(head).find() ? Long.MAX_VALUE : length(head));
        }
      } catch (IOException e) {
        // one of the two has gone; closing both tells the other
      } finally {
        open.remove(client);
        open.remove(server);
      }
    }

    void answers() {
      try (client;
          server) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] block = new byte[1 << 14];
        for (int n = in.read(block); n > 0; n = in.read(block)) {
          if (answerLost && !interim(block, n)) {
            reset();
            return;
          }
          out.write(block, 0, n);
        }
      } catch (IOException e) {
        // as above
      }
    }

    /** The word that the body may come; the answer follows. */
    private static boolean interim(byte[] block, int n) {
      return new String(block, 0, Math.min(n, 12), StandardCharsets.US_ASCII)
          .equals("HTTP/1.1 100");
    }

    private void reset() throws IOException {
      client.setSoLinger(true, 0); // so that the close sends RST
      client.close();
    }
  }

  /** Up to and with the empty line; empty at the end of the stream. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
    int ends = 0;
    while (ends < 4) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      if (head.size() > LONGEST_HEAD) {
        throw new IOException("a request's head is longer than " + LONGEST_HEAD + " bytes");
      }
      head.write(b);
      ends = b == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static long length(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Long.parseLong(length.group(1)) : 0;
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] block = new byte[1 << 14];
    for (long left = length; left > 0; ) {
      int n = in.read(block, 0, (int) Math.min(block.length, left));
      if (n < 0) {
        throw new IOException("the request ends " + left + " bytes early");
      }
      out.write(block, 0, n);
      left -= n;
    }
  }
}
