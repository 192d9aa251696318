/** One's CV card: who may see it and who did, as it happens, and the CV itself. */

import { enliven } from "../booths/islands.js";
import { OwnPins } from "../cvs/pins.js";
import { PaperBox } from "../cvs/paper.js";
import { Sights } from "../cvs/sights.js";
import { Who } from "../cvs/who.js";
import { enter } from "../house.js";
import { effect, html } from "../../vendor/preact.js";

const { house } = await enter();
const fair = house.fair();

const waiting = effect(() => {
  if (!fair.shown.value) return;
  queueMicrotask(() => {
    waiting();
    enliven(house, {
      "cv-pdf": ({ pages = "0" }) => html`<${PaperBox} pages=${Number(pages)} />`,
      "cv-who": ({ latest = "0", day = "", pdf = "", contact = "" }) =>
        html`<${Who} house=${house} latest=${Number(latest)} day=${day} pdf=${Boolean(pdf)} contact=${Boolean(contact)} />`,
      "cv-pins": () => html`<${OwnPins} house=${house} />`,
      "cv-sights": () => html`<${Sights} house=${house} />`,
    });
  });
});
