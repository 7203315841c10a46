package io.castloom.domain.document;

import java.util.regex.Pattern;

/** The form of names that stand in addresses and keys: 1 to 64 of {@code a-z 0-9 -}. */
public final class Slug {
  /** The rule in words, for problems. */
  public static final String RULE =
      "must be 1 to 64 of a-z, 0-9 and -, and begin and end with a letter or digit";

  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Slug() {}

  /** Whether the text keeps {@link #RULE}. */
  public static boolean valid(String text) {
    return FORM.matcher(text).matches();
  }

  /** Whether the text is a SHA-256 in 64 lower-case hexadecimal digits, as originals are named. */
  public static boolean sha256(String text) {
    return SHA256.matcher(text).matches();
  }
}
