package io.castloom.domain.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

final class MemoryUploadTest extends UploadContract {

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @AfterEach
  void nothing_is_left_open() {
    assertThat(store.openUploads()).isZero();
    assertThat(store.openStreams()).isZero();
  }
}
