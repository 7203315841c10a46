package io.castloom.domain.account;

import java.util.regex.Pattern;

/** An account's name: 3 to 32 of {@code [a-z0-9-]}. It is part of keys, so it is nothing else. */
public record AccountId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{3,32}");

  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an account's name is 3 to 32 of a-z, 0-9 and '-': \"" + value + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
