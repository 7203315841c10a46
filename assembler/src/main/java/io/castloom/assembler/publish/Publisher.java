package io.castloom.assembler.publish;

import io.castloom.bitstream.BytePlan;
import io.castloom.domain.splice.Part;
import io.castloom.domain.splice.Run;
import io.castloom.domain.splice.SplicePlan;
import io.castloom.domain.store.ByteRange;
import io.castloom.domain.store.MultipartUpload;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.stitch.PieceLibrary;
import io.castloom.service.stitch.Stitched;
import java.io.IOException;

/**
 * Makes planned files in the public bucket. Keys are immutable: a file is created if absent, and an
 * existing one is by its key the same.
 */
public final class Publisher {

  private final PieceLibrary pieces;
  private final ObjectStore target;

  /**
   * @param target the public bucket
   */
  public Publisher(PieceLibrary pieces, ObjectStore target) {
    this.pieces = pieces;
    this.target = target;
  }

  /** Makes the file unless it is there already. */
  public void publish(String key, String contentType, Stitched.File file) throws IOException {
    if (target.head(key).isPresent()) {
      return;
    }
    BytePlan bytes = file.bytes();
    switch (file.parts()) {
      case SplicePlan.PlainPut(long length) ->
          target.put(
              key,
              new PlannedBytes(bytes, pieces, 0, length, contentType),
              PutCondition.ifAbsent());
      case SplicePlan.Multipart multipart -> {
        try (MultipartUpload upload = target.startUpload(key, contentType)) {
          int number = 1;
          for (Part part : multipart.parts()) {
            switch (part) {
              case Part.Copied(Run.Stored(String object, long offset, long length)) ->
                  upload.copyPart(number, pieces.store(), object, new ByteRange(offset, length));
              case Part.Sent(long from, long length) ->
                  upload.part(number, new PlannedBytes(bytes, pieces, from, length, contentType));
            }
            number++;
          }
          upload.complete(PutCondition.ifAbsent());
        }
      }
    }
  }
}
