package io.castloom.domain.media;

/** What a rendition is encoded in, with its file extension and media type. */
public enum Codec {
  MP3("mp3", "audio/mpeg"),
  AAC("m4a", "audio/mp4"),
  OPUS("opus", "audio/ogg"),
  FLAC("flac", "audio/flac"),
  WAV("wav", "audio/wav");

  private final String extension;
  private final String mediaType;

  Codec(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  public String extension() {
    return extension;
  }

  public String mediaType() {
    return mediaType;
  }
}
