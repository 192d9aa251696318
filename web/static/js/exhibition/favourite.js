/** The audience's favourite: how the vote stands, and one's own vote. */

import { html } from "../../vendor/preact.js";
import { FAIR } from "../house.js";
import { Icon } from "../parts/icon.js";
import { attempt } from "../parts/toast.js";
import { FAVOURITE } from "../state/gallery.js";
import { n, t } from "../words.js";

/** @typedef {import("../house.js").House} House */
/** @typedef {import("../../wire.d.ts").BallotShown} BallotShown */

/** @param {House} house @returns {BallotShown | undefined} */
const ballotOf = (house) => house.fair().shown.value?.gallery.favourite;

/** @param {House} house @param {string} id */
const titleOf = (house, id) =>
  house.fair().shown.value?.exhibits.find((each) => each.id === id)?.title ?? "";

/** Nothing before the vote is opened. @param {{ house: House }} given */
export function Favourite({ house }) {
  const ballot = ballotOf(house);
  if (ballot?.stands === "open") return html`<${Open} house=${house} ballot=${ballot} />`;
  return ballot?.stands === "closed" ? html`<${Result} house=${house} ballot=${ballot} />` : null;
}

/** @param {{ house: House, ballot: BallotShown }} given */
const Open = ({ house, ballot }) => html`<div class="notice" data-tone="soon" role="status">
  <${Icon} name="award" />
  <span
    ><strong>${t("Which work is your favourite?")}</strong>${" "}
    ${t("You have one vote and may change it; nobody sees how it stands until the vote is closed.")}${" "}
    ${
      ballot.mine && titleOf(house, ballot.mine)
        ? html`${t("Your vote:")}${" "}<${Link} house=${house} id=${ballot.mine} />`
        : null
    }</span
  >
</div>`;

/** @param {{ house: House, ballot: BallotShown }} given */
const Result = ({ house, ballot }) => html`<section class="favourite" aria-labelledby="favourite-h">
  <h2 id="favourite-h"><${Icon} name="award" />${t("The audience's favourite")}</h2>
  ${
    ballot.places.length
      ? html`<ol role="list">
            ${ballot.places.map(
              ({ rank, choices, votes }) => html`<li key=${rank}>
                <span class="rank num">${rank}.</span>
                <span
                  >${choices
                    .filter((id) => titleOf(house, id))
                    .map((id, place) => html`${place ? ", " : ""}<${Link} house=${house} id=${id} />`)}</span
                >
                <span class="soft num">${n("{n} vote", "{n} votes", votes)}</span>
              </li>`,
            )}
          </ol>
          <p class="soft">
            ${n("{n} vote was cast.", "{n} votes were cast.", ballot.votes)}${" "}
            ${t("Works with the same number of votes share a place.")}
          </p>`
      : html`<p>${t("Nobody has voted.")}</p>`
  }
</section>`;

/** @param {{ house: House, id: string }} given */
const Link = ({ house, id }) => html`<a href=${`/exhibition/${id}`}>${titleOf(house, id)}</a>`;

/** One's vote for this work, given, changed or taken back. */
/** @param {{ house: House, work: string }} given */
export function Vote({ house, work }) {
  const ballot = ballotOf(house);
  if (ballot?.stands !== "open") return null;
  const mine = ballot.mine === work;
  const choose = () =>
    attempt(
      house.do(FAIR, { type: "ballot.vote", ballot: FAVOURITE, choice: mine ? null : work }),
    );
  return html`<p class="acts">
    <button class=${mine ? "btn" : "btn primary"} type="button" aria-pressed=${mine} onClick=${choose}>
      <${Icon} name="award" />${t("My favourite")}
    </button>
  </p>`;
}
