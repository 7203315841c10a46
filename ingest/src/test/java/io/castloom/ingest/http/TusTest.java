package io.castloom.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.media.Original;
import io.castloom.domain.media.Sha256;
import io.castloom.ingest.FakeTools;
import io.castloom.ingest.World;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TusTest extends ApiServer {
  @Test
  void an_upload_in_pieces_goes_on_where_it_was_cut() throws Exception {
    byte[] bytes = FakeTools.recording((int) (20 * World.MIB), 8);
    String metadata =
        "filename " + base64("long talk.wav") + ",priority " + base64("bulk") + ",empty";
    HttpResponse<String> created =
        send(
            tus("/v1/tus")
                .header("Upload-Length", Integer.toString(bytes.length))
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.noBody())
                .build());
    assertThat(created.statusCode()).isEqualTo(201);
    String path = URI.create(created.headers().firstValue("Location").orElseThrow()).getPath();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String head =
          "PATCH "
              + path
              + " HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nContent-Length: "
              + bytes.length
              + "\r\nAuthorization: Bearer "
              + world.token
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes, 0, (int) (10 * World.MIB) + 1);
      await(() -> world.keys("uploads/").size() > 1);
      // the connection stays open: whoever comes back must not wait for it
      assertThat(offset(path)).isGreaterThanOrEqualTo(8 * World.MIB);
    }
    long offset = offset(path);
    assertThat(world.messages()).isZero();
    problem(send(piece(path, 0, new byte[100_000])), 409, "wrong-offset");
    HttpResponse<String> last =
        send(piece(path, offset, java.util.Arrays.copyOfRange(bytes, (int) offset, bytes.length)));
    assertThat(last.statusCode()).isEqualTo(204);
    assertThat(last.headers().firstValue("Castloom-Original")).hasValue(Sha256.of(bytes).hex());
    assertThat(offset(path)).isEqualTo(bytes.length);
    assertThat(world.store.head(Original.key(World.DEMO, Sha256.of(bytes)))).isPresent();
    String job = last.headers().firstValue("Castloom-Job").orElseThrow();
    assertThat(json(send(get("/v1/jobs/" + job))).path("priority").asString()).isEqualTo("bulk");
    assertThat(world.keys("uploads/")).hasSize(1);
    assertThat(send(tus(path).DELETE().build()).statusCode()).isEqualTo(204);
    assertThat(world.keys("uploads/")).isEmpty();
    problem(send(tus(path).DELETE().build()), 404, "not-found");
  }

  @Test
  void a_piece_is_checked_and_bad_ones_are_refused() throws Exception {
    byte[] bytes = FakeTools.recording(100, 9);
    HttpResponse<String> created =
        send(
            tus("/v1/tus")
                .header("Upload-Length", "100")
                .header("Upload-Metadata", "filename " + base64("a.wav"))
                .POST(BodyPublishers.noBody())
                .build());
    // relative, so that a proxy in front may speak HTTPS
    String path = created.headers().firstValue("Location").orElseThrow();
    assertThat(path).startsWith("/v1/tus/");
    HttpRequest wrong =
        tus(path)
            .header("Upload-Offset", "0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Checksum", "sha1 " + base64("wrong"))
            .method("PATCH", BodyPublishers.ofByteArray(bytes))
            .build();
    problem(send(wrong), 460, "checksum-mismatch");
    assertThat(offset(path)).isZero();
    HttpRequest right =
        tus(path)
            .header("Upload-Offset", "0")
            .header("Content-Type", "application/offset+octet-stream")
            .header(
                "Upload-Checksum",
                "sha256 "
                    + Base64.getEncoder()
                        .encodeToString(HexFormat.of().parseHex(Sha256.of(bytes).hex())))
            .method("PATCH", BodyPublishers.ofByteArray(bytes))
            .build();
    assertThat(send(right).statusCode()).isEqualTo(204);
    problem(send(request("/v1/tus").POST(BodyPublishers.noBody()).build()), 412, "tus-version");
    problem(send(tus("/v1/tus").POST(BodyPublishers.noBody()).build()), 400, "bad-parameter");
    HttpRequest options =
        HttpRequest.newBuilder(uri("/v1/tus")).method("OPTIONS", BodyPublishers.noBody()).build();
    HttpResponse<String> abilities = send(options);
    assertThat(abilities.headers().firstValue("Tus-Extension").orElseThrow()).contains("checksum");
    assertThat(abilities.headers().firstValue("Tus-Max-Size")).isPresent();
  }

  private String create(int length, String metadata) throws Exception {
    HttpResponse<String> created =
        send(
            tus("/v1/tus")
                .header("Upload-Length", Integer.toString(length))
                .header("Upload-Metadata", metadata)
                .POST(BodyPublishers.noBody())
                .build());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    return created.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void a_piece_that_is_longer_than_the_upload_is_refused_and_not_cut() throws Exception {
    byte[] bytes = FakeTools.recording(5_000, 19);
    String path = create(5_000, "filename " + base64("a.wav"));
    HttpRequest declared =
        tus(path)
            .header("Upload-Offset", "0")
            .header("Content-Type", "application/offset+octet-stream")
            .method("PATCH", BodyPublishers.ofByteArray(java.util.Arrays.copyOf(bytes, 5_001)))
            .build();
    assertThat(problem(send(declared), 400, "too-long").path("length").asInt()).isEqualTo(5_000);
    assertThat(offset(path)).isZero();
    problem(send(piece(path, 0, java.util.Arrays.copyOf(bytes, 6_000))), 422, "not-a-recording");
    assertThat(world.messages()).isZero();
    problem(send(tus(path).DELETE().build()), 404, "not-found");
  }

  @Test
  void metadata_of_a_client_s_own_is_left_alone_and_a_misspelt_wish_is_not() throws Exception {
    create(100, "filename " + base64("a.wav") + ",type " + base64("x") + ",file " + base64("y"));
    for (String misspelt : new String[] {"profile", "Priority", "externalID"}) {
      HttpRequest wish =
          tus("/v1/tus")
              .header("Upload-Length", "100")
              .header("Upload-Metadata", "filename " + base64("a.wav") + "," + misspelt + " eA==")
              .POST(BodyPublishers.noBody())
              .build();
      assertThat(problem(send(wish), 400, "bad-parameter").path("detail").asString())
          .contains("not \"" + misspelt + "\"");
    }
  }

  private long offset(String path) throws Exception {
    HttpResponse<String> head = send(tus(path).HEAD().build());
    assertThat(head.statusCode()).isEqualTo(200);
    return Long.parseLong(head.headers().firstValue("Upload-Offset").orElseThrow());
  }

  private HttpRequest piece(String path, long offset, byte[] bytes) {
    return tus(path)
        .header("Upload-Offset", Long.toString(offset))
        .header("Content-Type", "application/offset+octet-stream")
        .method("PATCH", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
        .build();
  }
}
