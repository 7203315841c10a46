package io.castloom.service.settings;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of money, written {@code 2.50 USD}.
 *
 * @param currency three capitals
 */
public record Money(BigDecimal amount, String currency) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?([A-Z]{3})");

  public Money {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("a currency is three capitals: \"" + currency + "\"");
    }
  }

  /**
   * @throws IllegalArgumentException it is not written so
   */
  public static Money parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("money is written like 2.50 USD");
    }
    return new Money(new BigDecimal(matcher.group(1)), matcher.group(2));
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency;
  }
}
