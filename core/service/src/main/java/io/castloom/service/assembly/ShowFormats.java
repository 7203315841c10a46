package io.castloom.service.assembly;

import io.castloom.domain.media.Profile;
import io.castloom.domain.show.Show;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A show's formats as profiles, brought to the show's loudness, so that all its pieces splice. */
public final class ShowFormats {

  private final Profiles profiles;

  /** The profiles that an account may use, by name. */
  @FunctionalInterface
  public interface Profiles {
    Map<String, Profile> of(String account) throws IOException;
  }

  public ShowFormats(Profiles profiles) {
    this.profiles = profiles;
  }

  /** In the show's order; a format whose profile is gone is left out. */
  public List<Profile> of(Show show) throws IOException {
    Map<String, Profile> known = profiles.of(show.account());
    List<Profile> formats = new ArrayList<>();
    for (String name : show.sound().formats()) {
      Profile profile = known.get(name);
      if (profile != null) {
        formats.add(profile.withLoudness(show.sound().loudness()));
      }
    }
    return formats;
  }
}
