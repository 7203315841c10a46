package io.castloom.aws.ec2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceMetadataTagsState;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;

/** Makes launch templates where no stack has made them: on emulators. */
public final class Ec2LaunchTemplates {

  private final Ec2Client ec2;
  private final Ec2Calls calls;

  public Ec2LaunchTemplates(Ec2Client ec2) {
    this.ec2 = ec2;
    this.calls = new Ec2Calls(ec2);
  }

  /**
   * Makes one if none has the name, as the stack would: IMDSv2 only, one hop, tags in the metadata,
   * and a machine that powers off is terminated.
   *
   * @param userData lines {@code CASTLOOM_X=value}; empty for none
   * @return false when there is one already
   */
  public boolean makeIfAbsent(String name, String image, String type, String userData)
      throws IOException {
    String encoded =
        userData.isEmpty()
            ? null
            : Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8));
    try {
      ec2.createLaunchTemplate(
          b ->
              b.launchTemplateName(name)
                  .launchTemplateData(
                      d ->
                          d.imageId(image)
                              .instanceType(type)
                              .userData(encoded)
                              .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                              .metadataOptions(
                                  m ->
                                      m.httpTokens(LaunchTemplateHttpTokensState.REQUIRED)
                                          .httpPutResponseHopLimit(1)
                                          .instanceMetadataTags(
                                              LaunchTemplateInstanceMetadataTagsState.ENABLED))));
      return true;
    } catch (SdkException e) {
      if (Ec2Calls.code(e).startsWith("InvalidLaunchTemplateName.AlreadyExists")) {
        return false;
      }
      throw calls.translate("CreateLaunchTemplate of " + name, e);
    }
  }
}
