package io.castloom.bitstream.id3;

/** The versions that players read. 2.3 is understood by more of them. */
public enum Id3Version {
  /** Plain sizes, UTF-16. */
  V2_3(3),
  /** Sizes in seven bits a byte, UTF-8. */
  V2_4(4);

  private final int major;

  Id3Version(int major) {
    this.major = major;
  }

  int major() {
    return major;
  }
}
