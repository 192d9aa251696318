/** The seating plan's dots, as web/seating.py reckons them. */

const [WIDTH, FLOOR] = [400, 190]; // of the drawing
const ROWS_HALL = [
  [62, 8],
  [82, 10],
  [102, 12],
  [122, 14],
]; // radius and seats, the front row first
const ROWS_HOME = [
  [160, 21],
  [181, 23],
];

/** @typedef {{ x: number, y: number, kind: "hall" | "home" | "free" }} Seat */

/**
 * The rows fill from the middle outwards, front first; a fuller house is only counted.
 * @param {number} hall
 * @param {number} home
 * @returns {Seat[]}
 */
export const seats = (hall, home) => [
  ...block(ROWS_HALL, hall, "hall"),
  ...block(ROWS_HOME, home, "home"),
];

/**
 * @param {number[][]} rows
 * @param {number} people
 * @param {"hall" | "home"} kind
 * @returns {Seat[]}
 */
function block(rows, people, kind) {
  let left = people;
  return rows.flatMap(([radius, places]) => {
    const here = Math.min(left, places);
    left -= here;
    const numbers = [...Array(places).keys()];
    const middle = (places - 1) / 2;
    const byMiddle = [...numbers].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    const taken = new Set(byMiddle.slice(0, here));
    return numbers.map((place) => {
      const angle = ((12 + (156 * place) / (places - 1)) * Math.PI) / 180;
      return {
        x: round(WIDTH / 2 + radius * Math.cos(angle)),
        y: round(FLOOR + 4 - radius * Math.sin(angle)),
        kind: taken.has(place) ? kind : /** @type {const} */ ("free"),
      };
    });
  });
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
