package io.castloom.tests.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castloom.bitstream.ByteSource;
import io.castloom.bitstream.flac.FlacStream;
import io.castloom.bitstream.ogg.OpusPiece;
import io.castloom.domain.media.PieceKey;
import io.castloom.domain.media.Profile;
import io.castloom.domain.media.Sha256;
import io.castloom.domain.media.StandardProfiles;
import io.castloom.domain.store.MemoryObjectStore;
import io.castloom.domain.store.ObjectData;
import io.castloom.domain.store.ObjectStore;
import io.castloom.domain.store.PutCondition;
import io.castloom.service.stitch.CorruptPieceException;
import io.castloom.service.stitch.PieceLibrary;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces are known by the index that is stored beside them. */
class StoredIndexTest {
  @TempDir Path folder;

  private final Tools tools = new Tools();
  private final MemoryObjectStore store = new MemoryObjectStore("private", InstantSource.system());
  private final List<String> read = new ArrayList<>();

  StoredIndexTest() throws Exception {}

  @ParameterizedTest
  @ValueSource(strings = {"flac", "opus-64"})
  void no_sound_is_read_and_an_older_rendition_without_one_is_read_once(String format)
      throws Exception {
    Profile profile = Objects.requireNonNull(StandardProfiles.ALL.get(format));
    Path file = folder.resolve("a." + profile.codec().extension());
    tools.ffmpeg("-f", "lavfi", "-i", "sine=f=300:r=48000:d=9", file.toString());
    byte[] audio = Files.readAllBytes(file);
    PieceKey old = PieceKey.of(Sha256.of(new byte[] {1}), profile, "build");
    PieceKey fresh = PieceKey.of(Sha256.of(new byte[] {2}), profile, "build");
    PieceKey wrong = PieceKey.of(Sha256.of(new byte[] {3}), profile, "build");
    byte[] index =
        format.equals("flac")
            ? FlacStream.read(ByteSource.of(audio)).orThrow().encode()
            : OpusPiece.read(ByteSource.of(audio)).orThrow().encode();
    put(old.audio(), audio);
    put(fresh.audio(), audio);
    put(fresh.index(), index);
    put(wrong.audio(), new byte[audio.length - 1]);
    put(wrong.index(), index);

    PieceLibrary library = new PieceLibrary(counted());
    library.find(old);
    library.find(old);
    assertThat(read.stream().filter(old.audio()::equals).count())
        .isEqualTo((audio.length + (256 << 10) - 1) / (256 << 10));
    library.find(fresh);
    assertThat(read).contains(fresh.index()).doesNotContain(fresh.audio());
    assertThatThrownBy(() -> library.find(wrong))
        .isInstanceOf(CorruptPieceException.class)
        .hasMessageContaining("its index says " + audio.length);
  }

  private void put(String key, byte[] bytes) throws Exception {
    store.put(key, ObjectData.of(bytes, "audio/x"), PutCondition.ifAbsent());
  }

  private ObjectStore counted() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("get")) {
                read.add((String) arguments[0]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
