package io.castloom.domain.queue;

import java.io.IOException;

/** How a body is written as a message's text, at most 256 KiB of UTF-8, and read back. */
public interface MessageCodec<T> {

  String encode(T body);

  /**
   * @throws IOException the text is not such a body; the message says where
   */
  T decode(String text) throws IOException;
}
