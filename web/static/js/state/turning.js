/** Turns the pages of the deck that is on stage, and runs ahead of the answers. */

/** @typedef {import("../../wire.d.ts").Deck} Deck */

const TRUST = 1000; // milliseconds in which our own last press counts more than what we heard

/** Two quick presses are two pages, though the house has not answered the first one yet. */
export class Turner {
  #deck;
  #act;
  #clock;
  #ahead = { deck: "", page: 0, until: 0 };

  /**
   * @param {() => Deck | null} deck  What is on stage now.
   * @param {(command: object) => unknown} act  Has the house carry it out.
   * @param {() => number} [clock]  Milliseconds.
   */
  constructor(deck, act, clock = () => performance.now()) {
    this.#deck = deck;
    this.#act = act;
    this.#clock = clock;
  }

  /** The page that is seen once all our presses have arrived. */
  get page() {
    const deck = this.#deck();
    const { deck: id, page, until } = this.#ahead;
    return deck && deck.id === id && this.#clock() < until ? page : (deck?.page ?? 0);
  }

  next() {
    return this.to(this.page + 1);
  }

  previous() {
    return this.to(this.page - 1);
  }

  first() {
    return this.to(1);
  }

  last() {
    return this.to(this.#deck()?.pages ?? 0);
  }

  /** @param {number} page */
  to(page) {
    const deck = this.#deck();
    const before = this.page;
    if (!deck || page < 1 || page > deck.pages || page === before) return undefined;
    this.#ahead = { deck: deck.id, page, until: this.#clock() + TRUST };
    return this.#act({ type: "slides.turn", deck: deck.id, before, to: page });
  }

  /** Take the slides off the stage, or show them again. */
  toggle() {
    const deck = this.#deck();
    return deck && this.#act({ type: "slides.hide", deck: deck.id, on: !deck.hidden });
  }
}
