/** An offer's own page: what the whole house tells, such as a call, is told here as well. */

import { enliven } from "../booths/islands.js";
import { enter } from "../house.js";

const { house } = await enter();
house.fair();
enliven(house, {});
