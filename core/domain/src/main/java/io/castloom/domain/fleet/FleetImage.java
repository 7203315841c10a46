package io.castloom.domain.fleet;

import java.util.regex.Pattern;

/**
 * What an instance boots from: {@code default}, as its launch template is set; a machine image,
 * {@code ami-} and 8 to 17 hexadecimal digits (EC2 API reference, "Image"); or a version of the
 * launch template, a number of at most 10 digits. A fleet of processes only notes it.
 */
public record FleetImage(String value) {

  private static final Pattern FORM = Pattern.compile("default|ami-[0-9a-f]{8,17}|[1-9][0-9]{0,9}");

  /** The tag that tells of an instance what it was launched from. */
  public static final String TAG = "castloom:image";

  /** As the launch template is set. */
  public static final FleetImage DEFAULT = new FleetImage("default");

  public FleetImage {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an instance boots from default, ami-... or a template's version, not from \""
              + value
              + "\"");
    }
  }

  /**
   * A machine image by its id.
   *
   * @throws IllegalArgumentException it is not {@code ami-...}
   */
  public static FleetImage machineImage(String id) {
    FleetImage image = new FleetImage(id);
    if (!image.isMachineImage()) {
      throw new IllegalArgumentException("an image is ami-..., not " + id);
    }
    return image;
  }

  /**
   * A version of the launch template; {@code default} is as the settings say.
   *
   * @throws IllegalArgumentException it is neither a number nor {@code default}
   */
  public static FleetImage templateVersion(String version) {
    FleetImage image = new FleetImage(version);
    if (image.isMachineImage()) {
      throw new IllegalArgumentException(
          "a template's version is a number or default, not " + version);
    }
    return image;
  }

  /** Whether it is a machine image by its id. */
  public boolean isMachineImage() {
    return value.startsWith("ami-");
  }

  /** Whether it is a version of the launch template. */
  public boolean isTemplateVersion() {
    return Character.isDigit(value.charAt(0));
  }

  /** What an instance's tags tell; {@link #DEFAULT} when they tell nothing that can be read. */
  public static FleetImage of(Instance instance) {
    String tag = instance.tags().getOrDefault(TAG, "default");
    return FORM.matcher(tag).matches() ? new FleetImage(tag) : DEFAULT;
  }

  @Override
  public String toString() {
    return value;
  }
}
