package io.castloom.domain.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Enumerations as documents write them: in lower case, with {@code -}. */
public final class Words {
  private Words() {}

  /** How a constant is written. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All words of an enumeration, in its order. */
  public static <E extends Enum<E>> List<String> all(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
  }

  /** The constant that a word means, or null. */
  static <E extends Enum<E>> @Nullable E read(String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(text)) {
        return constant;
      }
    }
    return null;
  }
}
