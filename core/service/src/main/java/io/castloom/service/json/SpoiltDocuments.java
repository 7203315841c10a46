package io.castloom.service.json;

import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with a document that cannot be read before it is written anew: its bytes are kept
 * aside for people to look at, {@code <folder>/spoilt/<name>-<checksum>}, a line is logged, and
 * somebody is told, who counts.
 */
public final class SpoiltDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(SpoiltDocuments.class);

  private final ObjectStore store;
  private final String folder;
  private final Consumer<String> told;

  /**
   * @param store the private bucket
   * @param folder of the documents, for example {@code fleet/}
   * @param told the document's name below the folder, without what tells one of many from the
   *     others: {@code launches}, {@code ledger}
   */
  public SpoiltDocuments(ObjectStore store, String folder, Consumer<String> told) {
    this.store = store;
    this.folder = folder;
    this.told = told;
  }

  /**
   * Keeps one aside. Asking again for the same bytes keeps them once.
   *
   * @param instead what the process goes on with, for the log
   * @throws IOException they are not kept: the document is not to be written over yet
   */
  public void keep(UnreadableDocumentException spoilt, String instead) throws IOException {
    byte[] bytes = spoilt.bytes();
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    String name =
        spoilt.key().startsWith(folder) ? spoilt.key().substring(folder.length()) : spoilt.key();
    String aside =
        folder
            + "spoilt/"
            + name.replace('/', '-')
            + "-"
            + String.format("%08x", checksum.getValue());
    store.put(aside, ObjectData.of(bytes, "application/octet-stream"), PutCondition.always());
    LOG.error(
        "{}; its {} bytes are kept as {}; {}", spoilt.getMessage(), bytes.length, aside, instead);
    told.accept(name.replaceFirst("[/.].*", ""));
  }
}
