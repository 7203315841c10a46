package io.castloom.domain.campaign;

/** Why a campaign may not have a slot. */
enum Refusal {
  SHOW("the show is not targeted"),
  KIND("this kind of slot is not targeted"),
  AGE("the episode's age is not targeted"),
  BARRED("the episode bars the advertiser"),
  SHOW_NIGHT("frequency cap of the show for a night"),
  SHOW_FLIGHT("frequency cap of the show for the flight"),
  EPISODE("frequency cap of the episode"),
  COMPETITOR("competitor of "),
  LANGUAGE("no creative in the show's language"),
  LENGTH("no creative fits into what is left of the break"),
  TWICE("its creatives already sound in the episode"),
  ROW("the same creative would sound twice in a row across two episodes");

  final String words;

  Refusal(String words) {
    this.words = words;
  }
}
