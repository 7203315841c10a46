package io.castloom.domain.queue;

import java.io.IOException;

/** Bodies that are texts; one that begins with {@code undecodable} can be sent but not read. */
public final class TextCodec implements MessageCodec<String> {

  @Override
  public String encode(String body) {
    return body;
  }

  @Override
  public String decode(String text) throws IOException {
    if (text.startsWith("undecodable")) {
      throw new IOException("a text that begins with undecodable, at character 0");
    }
    return text;
  }
}
