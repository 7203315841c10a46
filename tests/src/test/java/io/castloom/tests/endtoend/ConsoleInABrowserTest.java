package io.castloom.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console as a podcaster sees it. */
@Tag("slow")
final class ConsoleInABrowserTest {
  @TempDir private Path folder;

  @Test
  void a_podcaster_signs_in_sends_a_recording_and_hears_what_came_of_it() throws Exception {
    try (Browser browser = Browser.open(Files.createDirectory(folder.resolve("profile")));
        House house = House.on(folder.resolve("data"))) {
      browser.go(house.system().ready().console());
      signIn(browser, "demo.wrong");
      browser.await("document.getElementById('login-problem').textContent");
      signIn(browser, house.system().ready().token());
      browser.await("!document.getElementById('jobs-view').hidden");
      assertThat(browser.evaluate("document.getElementById('account').textContent").asString())
          .isEqualTo("demo");

      browser.choose("#files", Files.writeString(folder.resolve("episode.mp3"), WEB_PAGE));
      browser.await("document.querySelector('#uploads .problem')?.textContent");
      assertThat(
              browser
                  .evaluate("document.querySelector('#uploads .problem').textContent")
                  .asString())
          .contains("web page");

      browser.choose("#files", House.recording("intro.mp3", folder));
      browser.await("document.querySelector('#jobs .state.done')");
      browser.evaluate("document.querySelector('#jobs details').open = true");
      browser.await("document.querySelector('#jobs audio')");
      browser.evaluate("document.querySelector('#jobs audio').play()");
      browser.await("document.querySelector('#jobs audio').currentTime > 0.3");
      assertThat(browser.evaluate("document.querySelector('#jobs audio').duration").asDouble())
          .isGreaterThan(1);
      browser.evaluate("document.querySelector('#jobs audio').pause()");

      browser.evaluate("document.getElementById('leave').click()");
      browser.await("!document.getElementById('login').hidden");
      assertThat(browser.evaluate("document.querySelectorAll('#jobs li').length").asInt()).isZero();
      assertThat(browser.faults()).isEmpty();
    }
  }

  private static final String WEB_PAGE = "<!doctype html><html><body>Not found</body></html>";

  private static void signIn(Browser browser, String token) throws Exception {
    browser.await("!document.getElementById('login').hidden");
    browser.evaluate(
        "document.getElementById('token').value = '"
            + token
            + "'; document.getElementById('login-form').requestSubmit()");
  }
}
