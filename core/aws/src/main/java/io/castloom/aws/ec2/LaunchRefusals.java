package io.castloom.aws.ec2;

import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.CreateFleetError;

/** Why EC2 launched less than was asked, and what to do (EC2 API reference, "Error codes"). */
final class LaunchRefusals {

  // An answer, not a fault: asking again at once gives the same.
  private static final Pattern REFUSALS =
      Pattern.compile(
          "Insufficient.*|UnfulfillableCapacity|.*LimitExceeded|MaxSpotInstanceCountExceeded"
              + "|SpotMaxPriceTooLow|InvalidLaunchTemplate.*|InvalidAMI.*|InvalidSubnet.*"
              + "|InvalidGroup.*|InvalidParameter.*|InvalidInstanceType.*|Unsupported.*"
              + "|InvalidFleetConfig.*|MissingParameter.*|UnauthorizedOperation");

  private LaunchRefusals() {}

  static boolean refusal(String code) {
    return !code.equals("RequestLimitExceeded") && REFUSALS.matcher(code).matches();
  }

  static String words(CreateFleetError error) {
    String where = "";
    if (error.launchTemplateAndOverrides() != null
        && error.launchTemplateAndOverrides().overrides() != null) {
      var overrides = error.launchTemplateAndOverrides().overrides();
      where =
          overrides.instanceTypeAsString()
              + (overrides.subnetId() == null ? "" : " in " + overrides.subnetId())
              + ": ";
    }
    return where + words(error.errorCode(), error.errorMessage());
  }

  static String words(String code, String message) {
    String advice =
        switch (code) {
          case "InsufficientInstanceCapacity", "UnfulfillableCapacity" ->
              "no capacity there now; more types or zones help";
          case "InsufficientFreeAddressesInSubnet" -> "the subnet has no free addresses";
          case "MaxSpotInstanceCountExceeded", "VcpuLimitExceeded", "InstanceLimitExceeded" ->
              "a limit of the account: ask AWS for a higher one, or lower maxInstances";
          case "SpotMaxPriceTooLow" -> "the spot price is above the highest one allowed";
          case "UnauthorizedOperation" -> "the role lacks a permission, see packer/stack.yaml";
          default -> message;
        };
    return code + " (" + advice + ")";
  }
}
