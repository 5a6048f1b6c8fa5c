/** @typedef {import('./types.js').Answer} Answer */

/**
 * @param {string} path below `/sim/`
 * @param {object} body
 * @returns {Promise<Answer>} an answer with `ok: false` when the simulator could not be reached or refused
 */
export async function post(path, body) {
  try {
    const response = await fetch(`sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    if (response.ok) return answer;
    return { ...answer, ok: false, error: answer.error ?? `http_${response.status}` };
  } catch {
    return { ok: false, error: 'no_connection' };
  }
}

/** @returns {Promise<import('./types.js').State>} */
export async function loadState() {
  const response = await fetch('sim/state');
  return response.json();
}

/**
 * Follows the simulator's events. After a broken line everything is loaded again: events that were missed meanwhile
 * are not sent twice.
 * @param {{ event: (event: Record<string, any>) => void, reconnected: () => void, line: (up: boolean) => void }} on
 */
export function follow(on) {
  const source = new EventSource('sim/events');
  let broken = false;
  source.addEventListener('open', () => {
    on.line(true);
    if (broken) on.reconnected();
    broken = false;
  });
  source.addEventListener('error', () => {
    broken = true;
    on.line(false);
  });
  source.addEventListener('message', (event) => on.event(JSON.parse(event.data)));
}
