package io.castloom.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.castloom.domain.campaign.Campaign;
import io.castloom.domain.campaign.Creative;
import io.castloom.domain.document.Problem;
import io.castloom.domain.document.Reading;
import io.castloom.domain.show.Documents;
import io.castloom.domain.show.Episode;
import io.castloom.domain.show.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the pages show as an example can be applied as it stands. */
class DocumentedExamplesTest {
  private static Map<String, Object> example(String page, String kind) throws IOException {
    String text = Files.readString(Path.of("..", "docs", page));
    Matcher matcher =
        Pattern.compile("```yaml\n# " + kind + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as("%s has an example of a %s", page, kind).isTrue();
    return new YAMLMapper()
        .readValue(matcher.group(1), new TypeReference<Map<String, Object>>() {});
  }

  private static <T> T good(Reading<T> reading) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  @Test
  void a_show_an_episode_a_creative_and_a_campaign_have_no_problems() throws IOException {
    Show show = good(Show.read(example("shows.md", "show"), Documents.PROFILES));
    assertThat(show.sound().originals("opening")).hasSize(2);
    Episode episode = good(Episode.read(example("shows.md", "episode"), show, Documents.ORIGINALS));
    assertThat(episode.cuePoints()).hasSize(2);
    Creative creative =
        good(Creative.read(example("campaigns.md", "creative"), Documents.ORIGINALS));
    Campaign campaign =
        good(Campaign.read(example("campaigns.md", "campaign"), List.of(creative), List.of(show)));
    assertThat(campaign.nights()).isEqualTo(30);
  }
}
