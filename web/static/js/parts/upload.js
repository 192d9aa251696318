/** Sends a file to the house, and tells how far it is. */

import { readConfig } from "../config.js";
import { Refused } from "../connection.js";
import { t } from "../words.js";

/**
 * @param {string} address
 * @param {Blob & { name?: string }} file
 * @param {(sent: number) => void} onSent  0 to 1; at 1 the house has it and works on it
 * @returns {Promise<any>} What the house answered; rejects with `Refused`.
 */
export const upload = (address, file, onSent) =>
  new Promise((resolve, reject) => {
    const request = opened("POST", address, resolve, reject);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name ?? ""));
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(loaded / total));
    request.send(file);
  });

/**
 * @param {string} address
 * @returns {Promise<any>} Rejects with `Refused`.
 */
export const remove = (address) =>
  new Promise((resolve, reject) => opened("DELETE", address, resolve, reject).send());

/**
 * @param {string} method
 * @param {string} address
 * @param {(answer: any) => void} resolve
 * @param {(why: Refused) => void} reject
 */
function opened(method, address, resolve, reject) {
  const request = new XMLHttpRequest(); // fetch does not tell how much was sent
  request.open(method, address);
  request.responseType = "json";
  request.setRequestHeader("X-Csrf", readConfig().csrf ?? "");
  request.addEventListener("error", () => reject(new Refused(lost())));
  request.addEventListener("load", () => {
    const { status, response } = request;
    if (status >= 200 && status < 300) resolve(response);
    else reject(new Refused(response?.sentence ?? lost()));
  });
  return request;
}

const lost = () => t("The file did not arrive. Please try again.");
