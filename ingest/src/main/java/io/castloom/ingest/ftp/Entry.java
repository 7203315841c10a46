package io.castloom.ingest.ftp;

import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/**
 * A place of the tree, as FTP's commands want to see it. Nothing is written through it: files come
 * in by {@link StoreCommand}.
 */
record Entry(String path, Content content, long sizeBytes, Instant modified) implements FtpFile {
  /** What is there. */
  sealed interface Content {
    /** A folder. */
    record Folder(Children children) implements Content {}

    /** A text. */
    record Text(String text) implements Content {
      byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    }

    /** A stored object. */
    record Stored(ObjectStore store, String key) implements Content {}

    /** A file that may be sent, and may have come in part. */
    record Arriving(InPath path, boolean begun, Remover remover) implements Content {}

    /** Nothing, and nothing may be put there. */
    record Nothing() implements Content {}
  }

  /** Lists a folder. */
  @FunctionalInterface
  interface Children {
    List<Entry> list() throws IOException;
  }

  /** Removes a waiting file; false when it cannot. */
  @FunctionalInterface
  interface Remover {
    boolean remove();
  }

  static Entry folder(String path, Children children) {
    return new Entry(path, new Content.Folder(children), 0, Instant.EPOCH);
  }

  static Entry text(String path, String words, Instant modified) {
    Content.Text text = new Content.Text(words);
    return new Entry(path, text, text.bytes().length, modified);
  }

  static Entry nothing(String path) {
    return new Entry(path, new Content.Nothing(), 0, Instant.EPOCH);
  }

  @Override
  public String getAbsolutePath() {
    return path;
  }

  @Override
  public String getName() {
    return path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public boolean isHidden() {
    return false;
  }

  @Override
  public boolean isDirectory() {
    return content instanceof Content.Folder;
  }

  @Override
  public boolean isFile() {
    return doesExist() && !isDirectory();
  }

  @Override
  public boolean doesExist() {
    return switch (content) {
      case Content.Arriving arriving -> arriving.begun();
      case Content.Nothing() -> false;
      case Content.Folder _, Content.Text _, Content.Stored _ -> true;
    };
  }

  /** What waits can be seen but not fetched. */
  @Override
  public boolean isReadable() {
    return doesExist() && !(content instanceof Content.Arriving);
  }

  @Override
  public boolean isWritable() {
    return content instanceof Content.Arriving;
  }

  @Override
  public boolean isRemovable() {
    return content instanceof Content.Arriving(InPath _, boolean begun, Remover _) && begun;
  }

  @Override
  public String getOwnerName() {
    return "castloom";
  }

  @Override
  public String getGroupName() {
    return "castloom";
  }

  @Override
  public int getLinkCount() {
    return 1;
  }

  @Override
  public long getLastModified() {
    return modified.toEpochMilli();
  }

  /** Clients set a file's time after sending it: they may, and it is passed over. */
  @Override
  public boolean setLastModified(long time) {
    return content instanceof Content.Arriving;
  }

  @Override
  public long getSize() {
    return sizeBytes;
  }

  @Override
  public @Nullable Object getPhysicalFile() {
    return null;
  }

  @Override
  public boolean mkdir() {
    return false;
  }

  @Override
  public boolean delete() {
    return content instanceof Content.Arriving(InPath _, boolean _, Remover remover)
        && remover.remove();
  }

  @Override
  public boolean move(FtpFile destination) {
    return false;
  }

  @Override
  public List<? extends FtpFile> listFiles() {
    try {
      return content instanceof Content.Folder(Children children) ? children.list() : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    throw new IOException(path + " cannot be written");
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    return switch (content) {
      case Content.Text text -> {
        byte[] bytes = text.bytes();
        int from = (int) Math.min(offset, bytes.length);
        yield new ByteArrayInputStream(bytes, from, bytes.length - from);
      }
      case Content.Stored(ObjectStore store, String key) ->
          offset >= sizeBytes
              ? InputStream.nullInputStream()
              : store.get(key, new ByteRange(offset, sizeBytes - offset)).stream();
      case Content.Folder _, Content.Arriving _, Content.Nothing _ ->
          throw new IOException(path + " cannot be read");
    };
  }
}
