package io.castloom.domain.job;

import java.util.regex.Pattern;

/**
 * A job's name, 8 to 40 of {@code [a-z0-9]}: a digest of what is to be done, so the same request is
 * the same job.
 */
public record JobId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9]{8,40}");

  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a job's id: \"" + value + "\"");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
