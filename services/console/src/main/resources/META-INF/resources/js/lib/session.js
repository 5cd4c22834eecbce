// Who has signed in, and what that allows. The token is kept by the browser in a cookie that no script can read; the page has
// it only while it is typed.
const RETRY = 2000;
let known = null;        // as GET session answers; null until it did
let asking = null;
const listeners = new Set();

/** Whether the console shows its data to this browser: somebody has signed in, or nobody needs to. */
export const signedIn = () => known !== null && (known.authentication === 'off' || Array.isArray(known.roles));
/** Whether the console asks who comes. */
const asksWho = () => known !== null && known.authentication !== 'off';
/** The name of who has signed in; null when nobody has, or nobody needs to. */
export const signedName = () => (signedIn() && asksWho() ? known.name ?? null : null);
/** Whether who is here has that role. */
export const may = (role) => signedIn() && (known.authentication === 'off' || known.roles.includes(role));
/** `listener()` is told whenever any of these may have changed. */
export const onSession = (listener) => listeners.add(listener);

function now(answer) {
  const before = JSON.stringify(known);
  known = answer;
  if (JSON.stringify(known) !== before) for (const listener of listeners) listener();
}

async function call(method, body) {
  const answer = await fetch('api/v1/session', {
    method, cache: 'no-store', body: body && JSON.stringify(body),
    headers: {accept: 'application/json', ...(body ? {'content-type': 'application/json'} : {})},
  });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail ?? 'The console answered ' + answer.status + '.'), {status: answer.status});
}

/** Asks the console who is here, until it answers; `onTrouble()` while it does not. */
export function load(onTrouble = () => {}) {
  asking ??= (async () => {
    for (;;) {
      try {
        return now(await call('GET'));
      } catch {
        onTrouble();
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  })().finally(() => { asking = null; });
  return asking;
}

/** An answer was 401: whoever was signed in may be so no longer. An answer to an old request tells nothing, so the console is asked. */
export const refused = () => load();

/** Throws an error with the console's sentence and `status` when it is no token; without status when the console did not answer. */
export async function signIn(token) {
  const answer = await call('POST', {token});
  if (!answer.roles?.includes('viewer')) {
    await call('DELETE');
    throw Object.assign(new Error('This token may send notes, and not read them: the page takes the role viewer.'), {status: 403});
  }
  now(answer);
}

export async function signOut() {
  await call('DELETE');
}
