/** A stage's chat as this browser knows it. */

import { having } from "./records.js";

/** @typedef {import("../../wire.d.ts").ChatShown} ChatShown */

const LINES_KEPT = 200; // as rooms/chat.py keeps

/** @type {Record<string, (chat: ChatShown, event: any) => ChatShown>} */
const FOLDS = {
  "chat.said": (chat, said) => ({ ...chat, lines: [...chat.lines, said].slice(-LINES_KEPT) }),
  "chat.deleted": (chat, { id }) => ({
    ...chat,
    lines: chat.lines.filter((line) => line.id !== id),
  }),
  "chat.silenced": (chat, { person, on }) => ({
    ...chat,
    silenced: having(chat.silenced, person, on).sort(),
  }),
};

/**
 * @param {ChatShown} chat
 * @param {{ type: string }} message
 * @returns {ChatShown}
 */
export const fold = (chat, message) => FOLDS[message.type]?.(chat, message) ?? chat;
