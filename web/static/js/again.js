// Waits on the page "the server restarts, one moment" until the house is back, then goes on.

const EVERY = 2000; // milliseconds; a restart takes a few seconds

async function look() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (answer.ok) {
      location.reload();
      return;
    }
  } catch {
    // Still away; the next look may find it.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
