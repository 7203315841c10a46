package io.castloom.bitstream.mp4;

import java.nio.charset.StandardCharsets;

/** The iTunes list of tags. */
final class Metadata {
  private static final int UTF_8 = 1;

  private Metadata() {}

  static void write(BoxWriter udta, Mp4Tags tags) {
    if (tags.texts().isEmpty() && tags.cover().size() == 0) {
      return;
    }
    udta.full(
        "meta",
        0,
        0,
        meta -> {
          meta.full("hdlr", 0, 0, b -> b.int32(0).type("mdir").type("appl").zeros(9));
          meta.box(
              "ilst",
              ilst -> {
                tags.texts()
                    .forEach(
                        (item, text) ->
                            data(ilst, item, UTF_8, text.getBytes(StandardCharsets.UTF_8)));
                if (tags.cover().size() > 0) {
                  data(ilst, "covr", tags.coverType(), tags.cover().toArray());
                }
              });
        });
  }

  private static void data(BoxWriter ilst, String item, int type, byte[] content) {
    ilst.box(item, b -> b.box("data", data -> data.int32(type).int32(0).bytes(content)));
  }
}
