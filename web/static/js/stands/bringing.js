/** A place on the page to which one brings a file: chosen, or dropped there. */

import { upload } from "../parts/upload.js";
import { t } from "../words.js";

const LARGEST = 10 * (1 << 20); // bytes, as server/crests.py and server/papers.py take

/**
 * @param {HTMLElement} place
 * @param {() => Promise<void>} done once the house has the file
 */
export function bringTo(place, done) {
  const input = /** @type {HTMLInputElement} */ (place.querySelector("input[type=file]"));
  const sent = /** @type {HTMLElement} */ (place.querySelector(".sent"));
  const wrong = /** @type {HTMLElement} */ (place.querySelector(".error"));
  /** @type {HTMLElement} */ (input.closest(".chooses")).hidden = false;

  const bring = async (/** @type {File | undefined} */ file) => {
    if (!file || input.disabled) return;
    wrong.textContent = unfit(file, input.accept);
    if (wrong.textContent) return;
    input.disabled = true;
    try {
      await upload(place.dataset.address ?? "", file, (share) => {
        const percent = Math.round(share * 100);
        sent.textContent =
          share < 1 ? t("{percent} % sent", { percent }) : t("The house looks at the file.");
      });
      await done();
    } catch (why) {
      wrong.textContent = /** @type {Error} */ (why).message;
      sent.textContent = "";
      input.value = "";
      input.disabled = false;
    }
  };
  input.addEventListener("change", () => void bring(input.files?.[0]));
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.dataset.over = "";
  });
  place.addEventListener("dragleave", () => delete place.dataset.over);
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    delete place.dataset.over;
    void bring(event.dataTransfer?.files[0]);
  });
}

/**
 * Why a file need not even be sent; empty if it may be.
 * @param {File} file
 * @param {string} accept
 */
function unfit(file, accept) {
  if (file.type === "image/svg+xml") {
    return t(
      "This is an SVG, which can hold programs and is not taken. Please save the logo as PNG, 1000 pixels wide or more, and try again.",
    );
  }
  if (file.size > LARGEST) {
    return t("This file is larger than {most} MB. Please make it smaller and try again.", {
      most: 10,
    });
  }
  if (file.type && !accept.split(",").includes(file.type)) {
    return accept.includes("pdf")
      ? t("This is not a PDF. Please save it as a PDF and try again.")
      : t("This is not a PNG, JPEG or WebP. Please save the logo as PNG and retry.");
  }
  return "";
}
