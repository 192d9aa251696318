/** A recording comes to life: all its pictures play in step, with one set of controls. */

import { html, render } from "../../vendor/preact.js";
import { enter } from "../house.js";
import { mount } from "../parts/page.js";
import { Player } from "../rewatch/player.js";
import { Together } from "../rewatch/together.js";

const { house, config } = await enter();
house.foyer();
const videos = [...document.querySelectorAll("video")];
const place = document.getElementById("player");
const together = new Together(videos, config.films ?? []);
if (place && videos.length) {
  for (const video of videos) video.controls = false;
  render(html`<${Player} together=${together} />`, place);
}
mount({ house, ready: () => false, room: () => null });
