package io.castloom.assembler.episode;

import io.castloom.assembler.feed.FeedPublisher;
import io.castloom.assembler.pieces.PieceOrders;
import io.castloom.assembler.publish.Publisher;
import io.castloom.domain.store.ObjectStore;
import io.castloom.service.assembly.ShowFormats;
import io.castloom.service.catalog.Catalog;
import io.castloom.service.originals.StoredOriginals;
import io.castloom.service.outgoing.Reach;
import io.castloom.service.stitch.Covers;
import io.castloom.service.stitch.EpisodeStitcher;
import io.castloom.service.stitch.PieceLibrary;
import io.castloom.service.tasks.TaskHandler;
import io.castloom.service.versions.StoredVersions;
import java.time.InstantSource;

/** Builds the handler of assembly tasks. */
public final class Assembling {

  private Assembling() {}

  /**
   * @param encoder the build of the fleet's encoder, which the pieces carry
   * @param reach which addresses covers may be fetched from
   */
  public static TaskHandler handler(
      ObjectStore privateStore,
      ObjectStore publicStore,
      Catalog catalog,
      ShowFormats formats,
      PieceOrders orders,
      FeedPublisher feeds,
      String encoder,
      Reach reach,
      InstantSource clock) {
    PieceLibrary library = new PieceLibrary(privateStore);
    StoredVersions versions = new StoredVersions(privateStore);
    EpisodeAssembly assembly =
        new EpisodeAssembly(
            new EpisodeAssembly.Parts(
                formats,
                new EpisodeStitcher(library),
                new CoverFetcher(new Covers(privateStore), reach, clock),
                orders,
                new Publisher(library, publicStore),
                new TimedTexts(privateStore, publicStore),
                versions,
                encoder),
            new StoredOriginals(privateStore),
            clock);
    return new AssembleHandler(
        new AssembleHandler.Parts(privateStore, catalog, versions, feeds), assembly, clock);
  }
}
