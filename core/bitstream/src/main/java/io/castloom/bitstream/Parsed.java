package io.castloom.bitstream;

import java.util.function.Function;

/**
 * What a parser makes of bytes: a value, or the place and reason why there is none. Corrupt media
 * are an expected result and never an exception.
 *
 * @param <T> the value
 */
public sealed interface Parsed<T> {
  /** The bytes were understood. */
  record Good<T>(T value) implements Parsed<T> {}

  /**
   * The bytes are not what they should be.
   *
   * @param offset where in the input the trouble was noticed, in bytes
   * @param reason what is wrong, for people
   */
  record Corrupt<T>(long offset, String reason) implements Parsed<T> {}

  /** A good result. */
  static <T> Parsed<T> good(T value) {
    return new Good<>(value);
  }

  /** A corrupt result. */
  static <T> Parsed<T> corrupt(long offset, String reason) {
    return new Corrupt<>(offset, reason);
  }

  /** Goes on with the value, or hands the corruption on. */
  default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
    return switch (this) {
      case Good<T>(T value) -> next.apply(value);
      case Corrupt<T>(long offset, String reason) -> corrupt(offset, reason);
    };
  }

  /** Changes the value, if there is one. */
  default <R> Parsed<R> map(Function<? super T, ? extends R> change) {
    return then(value -> good(change.apply(value)));
  }

  /**
   * The value, where corruption would be a bug: of bytes that were made or checked before.
   *
   * @throws IllegalStateException with offset and reason
   */
  default T orThrow() {
    return switch (this) {
      case Good<T>(T value) -> value;
      case Corrupt<T>(long offset, String reason) ->
          throw new IllegalStateException(reason + " (at byte " + offset + ")");
    };
  }
}
