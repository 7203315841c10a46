package io.castloom.domain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MemoryObjectStoreTest extends ObjectStoreContract {

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected ObjectStore missingStore() {
    MemoryObjectStore missing = new MemoryObjectStore();
    missing.vanish();
    return missing;
  }

  @AfterEach
  void nothing_is_left_open() {
    assertThat(store.openStreams()).isZero();
  }

  @Test
  void a_key_is_never_another_ones_folder() throws Exception {
    store.put("a/b", text("x"), PutCondition.always());
    assertThatThrownBy(() -> store.put("a", text("x"), PutCondition.always()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.put("a/b/c", text("x"), PutCondition.always()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
