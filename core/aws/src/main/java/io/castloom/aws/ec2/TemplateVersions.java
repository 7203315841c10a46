package io.castloom.aws.ec2;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * Whether versions of launch templates can be launched from, asked once for each: a version never
 * changes. Without an image EC2 refuses a launch, and an emulator answers with a fault of its own,
 * after which nobody knows whether something was launched.
 */
final class TemplateVersions {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateVersions.class);

  private final Ec2Client ec2;
  private final Ec2Calls calls;

  /** Reasons by template and version; an empty one for a good version. */
  private final Map<String, String> known = new ConcurrentHashMap<>();

  TemplateVersions(Ec2Client ec2, Ec2Calls calls) {
    this.ec2 = ec2;
    this.calls = calls;
  }

  /**
   * Why a version cannot be launched from, and what to do; null when it can, or nobody may ask.
   *
   * @throws IOException EC2 cannot be asked now
   */
  @Nullable String fault(String template, String version) throws IOException {
    String name = template + " " + version;
    String before = known.get(name);
    if (before == null) {
      before = ask(template, version);
      known.put(name, before);
    }
    return before.isEmpty() ? null : before;
  }

  private String ask(String template, String version) throws IOException {
    String which = "version " + version + " of launch template " + template;
    try {
      List<LaunchTemplateVersion> found =
          ec2.describeLaunchTemplateVersions(b -> b.launchTemplateName(template).versions(version))
              .launchTemplateVersions();
      if (found.isEmpty()) {
        return missing(which);
      }
      String image = found.getFirst().launchTemplateData().imageId();
      return image == null || image.isEmpty()
          ? which
              + " has no image: make one with ImageId in its data (a new version takes it over only"
              + " with --source-version), and roll to that"
          : "";
    } catch (SdkException e) {
      String code = Ec2Calls.code(e);
      if (code.startsWith("InvalidLaunchTemplate")) {
        return missing(which);
      }
      if (code.equals("UnauthorizedOperation")) {
        LOG.warn("ec2:DescribeLaunchTemplateVersions is not permitted: {} is not checked", which);
        return "";
      }
      throw calls.translate("DescribeLaunchTemplateVersions", e);
    }
  }

  private static String missing(String which) {
    return "there is no "
        + which
        + "; aws ec2 describe-launch-template-versions lists those that there are";
  }
}
