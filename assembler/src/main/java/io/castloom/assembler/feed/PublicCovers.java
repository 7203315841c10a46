package io.castloom.assembler.feed;

import io.castloom.bitstream.Bytes;
import io.castloom.domain.account.AccountId;
import io.castloom.domain.media.Picture;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.show.CoverSource;
import io.castloom.domain.show.Show;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.memory.Lru;
import io.castloom.service.stitch.Covers;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the covers that accounts stored where listeners find them: {@code covers/<show>/<sha256>}
 * with the ending of its kind, in the public bucket, which never changes. Thread-safe.
 */
final class PublicCovers {

  private static final Logger LOG = LoggerFactory.getLogger(PublicCovers.class);
  private static final int REMEMBERED = 1_000;

  private final Covers covers;
  private final ObjectStore target;
  private final FeedAddresses addresses;
  private final Map<String, String> published = new Lru<>(REMEMBERED);

  /**
   * @param covers the private bucket's
   * @param target the public bucket
   */
  PublicCovers(Covers covers, ObjectStore target, FeedAddresses addresses) {
    this.covers = covers;
    this.target = target;
    this.addresses = addresses;
  }

  /**
   * The address of a cover that a show or one of its episodes names, which is there when this
   * returns; empty when the stored picture is gone.
   */
  String address(Show show, String cover) throws IOException {
    return switch (CoverSource.of(cover)) {
      case CoverSource.Address(String address) -> address;
      case CoverSource.Stored(Sha256 picture) -> {
        String key = published(show, picture);
        yield key.isEmpty() ? "" : addresses.base() + "/" + key;
      }
    };
  }

  private String published(Show show, Sha256 picture) throws IOException {
    String name = show.id() + "/" + picture;
    synchronized (published) {
      String known = published.get(name);
      if (known != null) {
        return known;
      }
    }
    Bytes bytes = covers.find(new AccountId(show.account()), picture.hex());
    if (bytes.size() == 0) {
      LOG.warn(
          "cover {} of show {} is gone: its feed has none until it is sent again",
          picture,
          show.id());
      return "";
    }
    byte[] all = bytes.toArray();
    String key = "covers/" + name + (Picture.isPng(all) ? ".png" : ".jpg");
    target.put(key, ObjectData.of(all, Picture.mediaType(all)), PutCondition.ifAbsent());
    synchronized (published) {
      published.put(name, key);
    }
    return key;
  }
}
