package io.castloom.domain.fleet;

import java.util.regex.Pattern;

/**
 * An instance's name: EC2's {@code i-…}, or a process's of the same form; 3 to 40 of {@code
 * [a-z0-9-]}.
 */
public record InstanceId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{3,40}");

  public InstanceId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an instance's id: \"" + value + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
