package io.castloom.aws;

/** Is told of every request that goes over the wire, repeated ones included: each is billed. */
@FunctionalInterface
public interface CallListener {

  /**
   * @param service {@code S3}, {@code Sqs} or {@code Ec2}
   * @param operation the API's name, for example {@code PutObject}
   */
  void called(String service, String operation);

  /** Hears nothing. */
  static CallListener none() {
    return (service, operation) -> {};
  }
}
