package io.castloom.autoscaler.decide;

import java.util.Locale;

/** Enumerations as the protocol spells them: small letters, in both directions. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E read(Class<E> type, String word, String field) {
    for (E value : type.getEnumConstants()) {
      if (of(value).equals(word.toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return value;
      }
    }
    StringBuilder known = new StringBuilder();
    for (E value : type.getEnumConstants()) {
      known.append(known.isEmpty() ? "" : ", ").append(of(value));
    }
    throw new IllegalArgumentException(field + " is one of " + known + ", not '" + word + "'");
  }
}
