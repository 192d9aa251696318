/** The list of recordings needs no life of its own; but whoever reads it is in the house. */

import { enter } from "../house.js";
import { mount } from "../parts/page.js";

const { house } = await enter();
house.foyer();
mount({ house, ready: () => false, room: () => null });
