/** What the desk says of deeds, drifts and those who come. */

import { drift, timeOfDay } from "../times.js";
import { n, t } from "../words.js";

/** @typedef {import("../../wire.d.ts").AgendaShown} AgendaShown */
/** @typedef {import("../../wire.d.ts").LastShown} LastShown */

const SLIGHT = 30; // seconds that nobody calls a delay

/**
 * How a stage stands to its plan.
 * @param {number} seconds
 */
export function driftWords(seconds) {
  if (Math.abs(seconds) < SLIGHT) return t("on time");
  return seconds > 0
    ? t("{drift} behind the plan", { drift: drift(seconds) })
    : t("{drift} ahead of the plan", { drift: drift(seconds).slice(1) });
}

/**
 * A deed at the agenda as something that can be taken back.
 * @param {AgendaShown} agenda
 * @param {Pick<LastShown, "deed" | "item" | "seconds">} last
 */
export function deedWords(agenda, last) {
  const title = (last.item && agenda.items[last.item]?.title) || "";
  const minutes = Math.round(Math.abs(last.seconds ?? 0) / 60);
  switch (last.deed) {
    case "agenda.start":
      return t("“{title}” begun", { title });
    case "agenda.finish":
      return t("“{title}” ended", { title });
    case "agenda.extend":
      return (last.seconds ?? 0) > 0
        ? n("{n} more minute", "{n} more minutes", minutes)
        : n("{n} minute less", "{n} minutes less", minutes);
    case "agenda.pause":
      return last.item ? t("“{title}” paused", { title }) : t("stage held");
    case "agenda.resume":
      return last.item ? t("“{title}” resumed", { title }) : t("stage released");
    case "agenda.skip":
      return t("“{title}” left out", { title });
    case "agenda.move":
      return t("“{title}” moved", { title });
    default:
      return t("“{title}” swapped", { title });
  }
}

/**
 * Who or what comes with an item: the people's names, else the title.
 * @param {AgendaShown} agenda
 * @param {string} item
 * @param {(person: string) => string} name
 */
export function whoComes(agenda, item, name) {
  const { people = [], title = item, kind } = agenda.items[item] ?? {};
  if (!people.length || people.length > 2 || kind === "questions") return title;
  return people.map(name).join(", ");
}

/**
 * What the audience should know about times: breaks cut short, appointments missed.
 * @param {AgendaShown} agenda
 * @param {import("../../wire.d.ts").StageShown} stage
 * @returns {{tone: "soon" | "wrong", words: string}[]}
 */
export function warnings(agenda, stage) {
  const ahead = [...(stage.live ? [stage.live.id] : []), ...stage.waiting];
  const late = ahead.filter((id) => (agenda.late[id] ?? 0) >= SLIGHT);
  return [
    ...(stage.note ? [{ tone: /** @type {const} */ ("soon"), words: noteWords(agenda, stage.note) }] : []),
    ...late.map((id) => ({
      tone: /** @type {const} */ ("wrong"),
      words: t("“{title}” comes {late} too late.", {
        title: agenda.items[id]?.title ?? id,
        late: drift(agenda.late[id] ?? 0).slice(1),
      }),
    })),
  ];
}

/**
 * @param {AgendaShown} agenda
 * @param {import("../../wire.d.ts").NoteShown} note
 */
function noteWords(agenda, note) {
  const values = {
    title: agenda.items[note.item]?.title ?? note.item,
    granted: Math.round(note.granted / 60),
    planned: Math.round(note.planned / 60),
  };
  const cut = t("“{title}” is cut to {granted} instead of {planned} minutes.", values);
  const saved = note.saves ? agenda.items[note.saves] : undefined;
  if (!note.saves || !saved || agenda.late[note.saves]) return cut;
  const time = timeOfDay(saved.anchor ?? saved.startsAt);
  return `${cut} ${t("“{title}” begins on time at {time}.", { title: saved.title, time })}`;
}
